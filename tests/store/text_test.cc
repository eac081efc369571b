#include "core/text.h"

#include "support/catch.h"

using namespace pavior;

TEST_CASE("printable text is UTF-8 without control characters") {
  for (const char* text : {"", "plain", "\xc3\xa9", "派遣", "\xf0\x9f\x9a\xa7", "\xf4\x8f\xbf\xbf", "\xc2\xa0"})
    CHECK(is_printable_utf8(text));
  for (const char* text :
       {"\n", "\x7f", "\xff", "\x80", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
        "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xc2\x85", "\xe6\xb4", "a\xe6\xb4z"})
    CHECK_FALSE(is_printable_utf8(text));
  CHECK_FALSE(is_printable_utf8(std::string_view("\0", 1)));
}

TEST_CASE("what is not printable becomes a question mark, byte by byte") {
  CHECK(printable("派遣 ok") == "派遣 ok");
  CHECK(printable("a\xff\nb\xe6\xb4") == "a??b??");
  CHECK(printable("") == "");
}
