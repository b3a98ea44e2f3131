/* Similar names, by their edit distance ("optimal string alignment"). Longer names than LONGEST are close to nothing.
 */
#include "base/similar.h"

enum { LONGEST = 32, SHORT = 3, MOST_MISTAKES = 2 };

static char fold(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return (char)(byte | 0x20);
    return byte;
}

static bool is_same(struct span one, size_t i, struct span other, size_t j)
{
    return fold(one.at[i]) == fold(other.at[j]);
}

static unsigned least_of(unsigned one, unsigned other)
{
    return one < other ? one : other;
}

/* The mistakes between the first i letters of one name and the first j of the other are in row i, column j. */
static unsigned count_mistakes(struct span one, struct span other)
{
    unsigned rows[3][LONGEST + 1]; /* row i is in rows[i % 3]: no step needs older ones */
    for (unsigned j = 0; j <= other.length; j++)
        rows[0][j] = j;
    for (unsigned i = 1; i <= one.length; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        row[0] = i;
        for (unsigned j = 1; j <= other.length; j++) {
            row[j] = least_of(above[j - 1] + !is_same(one, i - 1, other, j - 1), least_of(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && is_same(one, i - 1, other, j - 2) && is_same(one, i - 2, other, j - 1))
                row[j] = least_of(row[j], second[j - 2] + 1);
        }
    }
    return rows[one.length % 3][other.length];
}

struct similar similar_to(struct span name)
{
    return (struct similar){name, {NULL, 0}, MOST_MISTAKES + 1};
}

void similar_try(struct similar *similar, struct span known)
{
    if (similar->name.length > LONGEST || known.length > LONGEST)
        return;
    unsigned most = similar->name.length <= SHORT || known.length <= SHORT ? 1 : MOST_MISTAKES;
    unsigned mistakes = count_mistakes(similar->name, known);
    if (mistakes > most || mistakes >= similar->mistakes)
        return;
    similar->found = known;
    similar->mistakes = mistakes;
}
