/*
 * A main() for a target where there is no libFuzzer: runs it once on each file it is given. A finding ends the process
 * with a message; a file that cannot be read ends it with 2.
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
        /* Said before, so that it is known of which input a finding is. */
        (void)fprintf(stderr, "%s\n", argv[i]);
        if (!replay(argv[i])) {
            perror(argv[i]);
            return 2;
        }
    }
    (void)printf("%d inputs\n", argc - 1);
    return argc > 1 ? 0 : 2;
}
