/* The version, as -V prints it. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define VERSION "1.0.0"

#endif
