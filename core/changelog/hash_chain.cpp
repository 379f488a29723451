#include "changelog/hash_chain.hpp"

#include <openssl/evp.h>

#include <memory>
#include <new>

namespace penstock::changelog {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

}  // namespace

Digest link(std::span<const std::byte> head, std::span<const std::byte> payload) {
  // One context per thread: making one costs as much as hashing a small block.
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  Digest digest{};
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), head.data(), head.size()) != 1 ||
      EVP_DigestUpdate(context.get(), payload.data(), payload.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1)
    throw std::bad_alloc();  // the only way in which SHA-256 of libcrypto's default provider fails
  return digest;
}

Digest digest(const std::function<std::span<const std::byte>()>& next) {
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  bool is_well = context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  for (std::span<const std::byte> piece = next(); is_well && !piece.empty(); piece = next())
    is_well = EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1;
  Digest digest{};
  if (!is_well || EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1) throw std::bad_alloc();
  return digest;
}

std::string hex(const Digest& digest) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (const std::uint8_t byte : digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace penstock::changelog
