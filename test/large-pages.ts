/**
 * The dictionary lies scattered over two hundred megabytes. In large pages the workers and the services that the tests
 * start load it in two thirds of the time; where the system has none this does nothing.
 */
process.env['GLIBC_TUNABLES'] ??= 'glibc.malloc.hugetlb=1';
