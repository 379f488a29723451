#pragma once

#include <penstock/abi/arrow.h>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/schema.hpp"

namespace penstock::batch {

/** The type of an Arrow format string that the boundary knows (the table in the SDK's `abi/batch.h`); not `key`, whose
 *  format is that of an i32 and whose dictionary tells it apart. */
[[nodiscard]] std::optional<Type> find_arrow_type(std::string_view format) noexcept;

/** A schema as an Arrow struct schema, to be lent. Valid while this object lives; whoever borrows it must not release it. */
class BorrowedSchema {
 public:
  explicit BorrowedSchema(const Schema& schema);
  BorrowedSchema(const BorrowedSchema&) = delete;
  BorrowedSchema& operator=(const BorrowedSchema&) = delete;

  [[nodiscard]] const ArrowSchema* get() const noexcept { return &root_; }

 private:
  std::deque<std::string> names_;
  std::deque<ArrowSchema> nodes_;  // a deque: pointers into it hold while it grows
  std::vector<ArrowSchema*> children_;
  ArrowSchema root_;
};

/** A schema that another library gave: released exactly once, with this object. */
class GivenSchema {
 public:
  GivenSchema() noexcept = default;
  ~GivenSchema() {
    if (schema_.release != nullptr) schema_.release(&schema_);
  }
  GivenSchema(const GivenSchema&) = delete;
  GivenSchema& operator=(const GivenSchema&) = delete;

  [[nodiscard]] ArrowSchema* get() noexcept { return &schema_; }
  [[nodiscard]] bool is_filled() const noexcept { return schema_.release != nullptr; }

 private:
  ArrowSchema schema_{};
};

/** Reads a struct schema that is not trusted. On a fault nothing comes back and `fault` says what is wrong, in words that
 *  can follow "the schema": a column without a name, a name twice, a format that the boundary does not know. */
[[nodiscard]] std::optional<Schema> read_schema(const ArrowSchema& schema, std::string& fault);

}  // namespace penstock::batch
