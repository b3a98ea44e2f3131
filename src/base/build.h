/*
 * BUILD_IS_LOOSE: whether this build leaves out the sandbox.
 *
 * Sanitizers, valgrind and profilers need memory, files and system calls of their own, and processes made by fork(2).
 * So a build for them has no filter, no Landlock and no limit on memory, and calls fork(2).
 */
#ifndef BASE_BUILD_H
#define BASE_BUILD_H

#if defined __SANITIZE_ADDRESS__ || defined BUILD_LOOSELY
#define BUILD_IS_LOOSE 1
#elif defined __has_feature
#define BUILD_IS_LOOSE __has_feature(address_sanitizer)
#else
#define BUILD_IS_LOOSE 0
#endif

#endif
