#include "conformance/record.hpp"

#include <cstdint>
#include <cstring>

namespace penstock::conformance {
namespace {

// Numbers are 64 bits in the order of the machine, texts their length and their bytes, lists their length and their items:
// both ends are the same program. What is written stands in the same order in Writer and Reader.

class Writer {
 public:
  void number(std::uint64_t value) { bytes_.append(reinterpret_cast<const char*>(&value), sizeof value); }
  void text(std::string_view value) {
    number(value.size());
    bytes_ += value;
  }
  template <typename Items, typename Write>
  void list(const Items& items, Write write) {
    number(items.size());
    for (const auto& item : items) write(item);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/** Reads nothing any more once something did not fit. */
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    const std::string_view raw = bytes(sizeof value);
    if (!raw.empty()) std::memcpy(&value, raw.data(), sizeof value);
    return value;
  }
  std::string text() { return std::string(bytes(number())); }
  template <typename Read>
  void list(Read read) {
    for (std::uint64_t count = number(); count > 0 && whole_; --count) read();
  }
  [[nodiscard]] bool at_end() const noexcept { return whole_ && left_.empty(); }

 private:
  std::string_view bytes(std::uint64_t size) {
    whole_ = whole_ && size <= left_.size();
    if (!whole_) return {};
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }

  std::string_view left_;
  bool whole_ = true;
};

}  // namespace

std::string encode(const Outcome& outcome) {
  Writer out;
  const auto text = [&](const std::string& one) { out.text(one); };
  out.number(static_cast<std::uint64_t>(outcome.result));
  out.text(outcome.reason);
  out.list(outcome.findings, [&](const Finding& finding) {
    out.text(finding.code);
    out.text(finding.what.summary);
    out.list(finding.what.comparisons, [&](const Comparison& one) {
      for (const std::string* part : {&one.subject, &one.expected, &one.found, &one.remark}) out.text(*part);
    });
    out.list(finding.what.notes, text);
    out.list(finding.what.help, text);
  });
  return out.take();
}

std::optional<Outcome> decode(std::string_view bytes) {
  Reader in(bytes);
  Outcome outcome;
  const std::uint64_t result = in.number();
  if (result > static_cast<std::uint64_t>(Result::skip)) return std::nullopt;
  outcome.result = static_cast<Result>(result);
  outcome.reason = in.text();
  in.list([&] {
    Finding& finding = outcome.findings.emplace_back();
    finding.code = in.text();
    finding.what.summary = in.text();
    in.list([&] {
      Comparison& one = finding.what.comparisons.emplace_back();
      for (std::string* part : {&one.subject, &one.expected, &one.found, &one.remark}) *part = in.text();
    });
    in.list([&] { finding.what.notes.push_back(in.text()); });
    in.list([&] { finding.what.help.push_back(in.text()); });
  });
  return in.at_end() ? std::optional(std::move(outcome)) : std::nullopt;
}

}  // namespace penstock::conformance
