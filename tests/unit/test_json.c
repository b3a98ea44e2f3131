/* JSON strings, made of any bytes. */
#include "base/json.h"
#include "check.h"

enum { ROOM = 512 };

/* The bytes as a string, in one piece and in pieces through the least possible memory. */
static void check_json(struct span bytes, const char *wanted)
{
    char whole_room[ROOM], pieces_room[ROOM], piece_room[JSON_CHARACTER];
    struct text whole = text_in(whole_room, sizeof whole_room), pieces = text_in(pieces_room, sizeof pieces_room);
    json_string(&whole, bytes);
    check(!whole.truncated);
    check_bytes(text_written(&whole), span_of(wanted));
    for (size_t room = 0; room < whole.length; room++) {
        struct text small = text_in(whole_room, room);
        json_string(&small, bytes);
        check(small.truncated && small.length <= room);
    }
    text_string(&pieces, "\"");
    while (bytes.length > 0) {
        struct text piece = text_in(piece_room, sizeof piece_room);
        size_t taken = json_piece(&piece, bytes);
        check(taken > 0 && !piece.truncated);
        bytes = span_after(bytes, taken > 0 ? taken : bytes.length);
        text_span(&pieces, text_written(&piece));
    }
    text_string(&pieces, "\"");
    check_bytes(text_written(&pieces), span_of(wanted));
}

/* clang-format off */
#define BYTES(literal) {literal, sizeof(literal) - 1}
#define REPLACED "\xef\xbf\xbd"
static const struct {
    struct span bytes;
    const char *json;
} strings[] = {
    {{NULL, 0}, "\"\""},
    {BYTES("plain / text\x7f"), "\"plain / text\x7f\""},
    {BYTES("\"\\\b\t\n\f\r"), "\"\\\"\\\\\\b\\t\\n\\f\\r\""},
    {BYTES("\0\1\v\x0e\x10\x1f "), "\"\\u0000\\u0001\\u000b\\u000e\\u0010\\u001f \""},
    /* The first and the last character of each length, those next to the surrogates, and other line ends. */
    {BYTES("\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"),
     "\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\""},
    {BYTES("\xed\x9f\xbf\xee\x80\x80\xe2\x80\xa8\xef\xbb\xbf"), "\"\xed\x9f\xbf\xee\x80\x80\xe2\x80\xa8\xef\xbb\xbf\""},
    /* Bytes that cannot begin a character. */
    {BYTES("\x80\xbf\xc0\xc1\xf5\x80\xff"), "\"" REPLACED REPLACED REPLACED REPLACED REPLACED REPLACED REPLACED "\""},
    /* Overlong forms, surrogates and values that are too great: each byte is replaced. */
    {BYTES("\xc0\x80\xc1\xbf"), "\"" REPLACED REPLACED REPLACED REPLACED "\""},
    {BYTES("\xe0\x80\x80\xe0\x9f\xbf"), "\"" REPLACED REPLACED REPLACED REPLACED REPLACED REPLACED "\""},
    {BYTES("\xed\xa0\x80\xed\xbf\xbf"), "\"" REPLACED REPLACED REPLACED REPLACED REPLACED REPLACED "\""},
    {BYTES("\xf0\x8f\xbf\xbf\xf4\x90\x80\x80"),
     "\"" REPLACED REPLACED REPLACED REPLACED REPLACED REPLACED REPLACED REPLACED "\""},
    /* Incomplete characters: one replacement for all their bytes. */
    {BYTES("\xc2"), "\"" REPLACED "\""},
    {BYTES("\xe2\x80"), "\"" REPLACED "\""},
    {BYTES("\xf0\x9f\x98"), "\"" REPLACED "\""},
    {BYTES("\xf0\x9f\x98" "a\xe2\x80\n\xc2\""), "\"" REPLACED "a" REPLACED "\\n" REPLACED "\\\"\""},
    {BYTES("\xf0\x9f\xf0\x9f\x98\x80\xe2\x80\xe2\x80\xa6"), "\"" REPLACED "\xf0\x9f\x98\x80" REPLACED "\xe2\x80\xa6\""},
};
/* clang-format on */

void test_json(void)
{
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        check_json(strings[i].bytes, strings[i].json);
    char room[8];
    struct text cut = text_in(room, sizeof room);
    text_bytes(&cut, "too many bytes", 14);
    check(cut.truncated && json_piece(&cut, span_of("a")) == 0);
}
