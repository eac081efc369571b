#include "core/digest.h"

#include <openssl/evp.h>

#include "core/check.h"

namespace pavior::inline v0 {

// EVP_sha256() looks its provider up at every init; a fetched algorithm does not, and that is half the cost of a short hash.
struct Sha256::Context {
  EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* context = EVP_MD_CTX_new();

  ~Context() {
    EVP_MD_CTX_free(context);
    EVP_MD_free(algorithm);
  }
  void start() {
    const bool ready =
        algorithm != nullptr && context != nullptr && EVP_DigestInit_ex2(context, algorithm, nullptr) == 1;
    PAVIOR_CHECK(ready, "OpenSSL offers no SHA-256");
  }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) { context_->start(); }
Sha256::~Sha256() = default;

Sha256& Sha256::add(std::string_view bytes) {
  PAVIOR_CHECK(EVP_DigestUpdate(context_->context, bytes.data(), bytes.size()) == 1, "{} bytes", bytes.size());
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  PAVIOR_CHECK(EVP_DigestFinal_ex(context_->context, digest.data(), nullptr) == 1, "no digest");
  context_->start();
  return digest;
}

std::string hex(const Digest& digest) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (const std::uint8_t byte : digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace pavior::inline v0
