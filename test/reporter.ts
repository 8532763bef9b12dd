/** Dots, mocha's summary with the failures, and a last line that a machine can read: `12 passed, 0 failed`. */
import Mocha from 'mocha';

class DotsAndCount extends Mocha.reporters.Dot {
  override epilogue(): void {
    super.epilogue();
    const { passes, failures } = this.stats;
    console.log(`${passes} passed, ${failures} failed`);
  }
}

export = DotsAndCount;
