// What the plugins of twelve_plugins.cpp would get from libraries: small stand-ins whose behaviour a test can provoke.
#pragma once
#include <penstock/sdk.hpp>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <deque>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

inline std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// `code,nanoseconds,value`: the key as its code, because the reader that calls this has no host to ask.
template <class R>
std::optional<R> parse(const std::string& line) {
  const std::size_t first = line.find(','), second = line.find(',', first + 1);
  if (second == std::string::npos) return {};
  const std::string_view text(line);
  R r;
  r.sensor_id.code = static_cast<std::int32_t>(number(text));
  r.timestamp.ns = number(text.substr(first + 1));
  std::from_chars(line.data() + second + 1, line.data() + line.size(), r.value);
  return r;
}

template <class R>
struct Message {
  R reading;
  std::int64_t number;
};

/// A broker that has five messages and gives those again that were not acknowledged, on a thread of its own.
template <class R>
class Client {
 public:
  template <class F>
  void connect(const std::string&, F on_message) {
    std::thread([&] {
      for (std::int64_t n = acknowledged_ + 1; n <= 5; ++n) {
        R reading;
        reading.sensor_id.code = 0;
        reading.value = static_cast<double>(n);
        queue_.push_back({reading, n});
        on_message();
      }
    }).join();
  }
  std::optional<Message<R>> next() {
    if (queue_.empty()) return {};
    const auto message = queue_.front();
    queue_.pop_front();
    return message;
  }
  void acknowledge(std::int64_t number) { acknowledged_ = number; }
  void disconnect() { queue_.clear(); }

 private:
  std::deque<Message<R>> queue_;
  std::int64_t acknowledged_ = 0;
};

inline void print(std::string_view text) { std::printf("%.*s;", static_cast<int>(text.size()), text.data()); }

enum class Code { done, constraint, busy, gone, broken };

/// The value inserted says what happens: over 100 breaks a constraint, 777 finds it locked, 888 loses it, 999 breaks it.
class Database {
 public:
  template <class Row>
  Code insert(const Row& row) {
    if (row.value == 777) return Code::busy;
    if (row.value == 888) return Code::gone;
    if (row.value == 999) return Code::broken;
    if (row.value > 100) return Code::constraint;
    ++rows_;
    return Code::done;
  }
  /// Locked at the first try.
  Code commit() { return std::exchange(locked_, false) ? Code::busy : Code::done; }
  std::string message() const { return "with " + std::to_string(rows_) + " rows"; }

 private:
  friend class Savepoint;
  int rows_ = 0;
  bool locked_ = true;
};

class Savepoint {
 public:
  explicit Savepoint(Database& database) : database_(database), rows_(database.rows_) {}
  ~Savepoint() { database_.rows_ = rows_; }
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  void release() { rows_ = database_.rows_; }

 private:
  Database& database_;
  int rows_;
};

/// Tumbling windows by start and key.
template <class R>
class Windows {
 public:
  struct Window {
    penstock::Key key;
    std::int64_t start;
    double sum;
    double count;
    std::uint64_t first_batch;
  };

  /// False: the window of this reading was already taken.
  bool add(const R& r, std::uint64_t batch, std::int64_t length) {
    const std::int64_t start = r.timestamp.ns - r.timestamp.ns % length;
    if (start < taken_) return false;
    Window& window =
        open_.try_emplace({start, r.sensor_id.code}, Window{r.sensor_id, start, 0, 0, batch}).first->second;
    window.sum += r.value;
    window.count += 1;
    newest_ = std::max(newest_, r.timestamp.ns);
    return true;
  }
  /// Those that begin at or before this time, and no longer open.
  std::vector<Window> take(std::int64_t before) {
    std::vector<Window> ready;
    while (!open_.empty() && open_.begin()->first.first <= before) {
      ready.push_back(open_.begin()->second);
      taken_ = open_.begin()->first.first + 1;
      open_.erase(open_.begin());
    }
    return ready;
  }
  std::int64_t newest() const { return newest_; }
  std::uint64_t oldest_batch() const {
    std::uint64_t oldest = 0;
    for (const auto& [start_and_key, window] : open_)
      oldest = oldest == 0 ? window.first_batch : std::min(oldest, window.first_batch);
    return oldest;
  }
  penstock::Duration quiet() const { return std::chrono::hours(1); }

 private:
  std::map<std::pair<std::int64_t, std::int32_t>, Window> open_;
  std::int64_t newest_ = 0, taken_ = 0;
};

/// Of the first two keys of the run.
class Factors {
 public:
  const double* find(penstock::Key key) const {
    const auto found = factors_.find(key.code);
    return found == factors_.end() ? nullptr : &found->second;
  }

 private:
  std::map<std::int32_t, double> factors_{{0, 2.0}, {1, 0.5}};
};
