/*
 * How this program is built.
 *
 * A sanitizer's run time, or a profiler's, needs memory, files and system calls of its own, and a process as fork(2)
 * makes it: a build for one is loose, with neither a filter nor Landlock nor a limit on memory, and forks plainly.
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
