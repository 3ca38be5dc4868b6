// SPDX-License-Identifier: GPL-2.0-or-later
//
// The one error value and the one result type.
//
// Bad input is data and comes back as Result<T>. A broken world (a full disk, a damaged database) is an exception,
// thrown where it happens and caught once, in run_tool. A bug is an assertion.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace dateline {

// What the caller can do about it. The values are the exit codes of both programs.
enum class ErrorCode {
  kUsage = 2,        // the command must change
  kIndex = 3,        // the index cannot be used: missing, locked, damaged, of another schema, no room
  kInputOutput = 4,  // input or output trouble
  kInternal = 70,    // a bug
};

// `message` names the thing and what is wrong with it; `hint`, which may be empty, says what to do next.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  std::string hint;
};

// An Error on its way to run_tool, for places where nobody between could do anything about it.
class FatalError : public std::runtime_error {
 public:
  explicit FatalError(Error error) : std::runtime_error(error.message), error_(std::move(error)) {}
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  Error error_;
};

// A value or an Error. The members are those of std::expected, which g++ 12 does not have yet. Asking for the one that
// is not there is a bug and throws.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] T& value() & { return std::get<0>(state_); }
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  [[nodiscard]] const Error& error() const { return std::get<1>(state_); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

// The value, where nobody could do anything about the error.
template <typename T>
[[nodiscard]] T value_or_throw(Result<T> result) {
  if (!result) throw FatalError(result.error());
  return std::move(*result);
}

}  // namespace dateline
