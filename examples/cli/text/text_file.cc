#include "text/text_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "fmt/format.h"

namespace pavior::cli {
namespace {

struct CloseGzip {
  void operator()(gzFile file) const { gzclose_r(file); }
};
using GzipFile = std::unique_ptr<gzFile_s, CloseGzip>;

Error damaged(const std::filesystem::path& path, gzFile file, std::size_t bytes) {
  int code = Z_OK;
  const char* message = gzerror(file, &code);
  if (code == Z_BUF_ERROR)
    return {ErrorCode::invalid,
            fmt::format("{}: the gzip data ends too early, after {} bytes of text; fetch the file again", path.string(),
                        bytes)};
  return {ErrorCode::invalid, fmt::format("{}: cannot be read after {} bytes of text: {}", path.string(), bytes,
                                          code == Z_ERRNO ? std::strerror(errno) : message)};
}

// The length of the UTF-8 sequence at the start of `text`; 0 if it is none, overlong, a surrogate or out of range.
std::size_t sequence_length(std::string_view text) noexcept {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F)) return 0;
  if ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F)) return 0;
  return length;
}

}  // namespace

Result<std::string> read_text(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return Error(errno == ENOENT ? ErrorCode::not_found : ErrorCode::invalid,
                 fmt::format("{}: {}", path.string(), std::strerror(errno)));
  const GzipFile file(gzdopen(descriptor, "rb"));
  if (file == nullptr) return ::close(descriptor), Error(ErrorCode::invalid, path.string() + ": out of memory");
  std::string text;
  std::array<char, 1 << 16> block;
  for (;;) {
    const int count = gzread(file.get(), block.data(), block.size());
    if (count < 0) return damaged(path, file.get(), text.size());
    text.append(block.data(), static_cast<std::size_t>(count));
    if (static_cast<std::size_t>(count) == block.size()) continue;
    // A stream that was cut off is only told from one that ended by asking.
    int code = Z_OK;
    gzerror(file.get(), &code);
    if (code != Z_OK) return damaged(path, file.get(), text.size());
    return text;
  }
}

Error of_file(const std::string& file, const Error& error) {
  const auto& message = error.message();
  const bool has_place = !message.empty() && message.front() >= '0' && message.front() <= '9';
  return {error.code(), fmt::format("{}:{}{}", file, has_place ? "" : " ", message)};
}

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const auto length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace pavior::cli
