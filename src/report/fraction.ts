/**
 * Exact numbers, by fraction.js. Its CommonJS types export the class as a value only; here it is a type as well:
 * `import Fraction from '../report/fraction'`.
 */
import FractionJs from 'fraction.js';

const Fraction = FractionJs;
type Fraction = InstanceType<typeof FractionJs>;
export default Fraction;
