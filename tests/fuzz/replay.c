/*
 * A main() for a target without libFuzzer: runs it once on each given file. A finding aborts the process. Exit 2 if a
 * file cannot be read.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

static bool replay(const char *path)
{
    static char bytes[4 << 20];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    size_t length = fread(bytes, 1, sizeof bytes, file);
    bool whole = !ferror(file) && length < sizeof bytes;
    (void)fclose(file);
    if (!whole)
        return false;
    struct span input = copy_of((struct span){bytes, length});
    (void)LLVMFuzzerTestOneInput((const uint8_t *)input.at, length);
    drop_copy(input);
    return true;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        /* First, so that the log shows which input caused a finding. */
        (void)fprintf(stderr, "%s\n", argv[i]);
        if (!replay(argv[i])) {
            perror(argv[i]);
            return 2;
        }
    }
    (void)printf("%d inputs\n", argc - 1);
    return argc > 1 ? 0 : 2;
}
