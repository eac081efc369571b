#include "pavior/result.h"

#include <sstream>
#include <string>

#include "support/catch.h"

using pavior::Error;
using pavior::ErrorCode;
using pavior::Result;

TEST_CASE("a result holds its value or its error") {
  const Result<std::string> value("seven");
  CHECK(value.has_value());
  CHECK(*value == "seven");

  const Result<std::string> error(Error(ErrorCode::not_found, "no such stream"));
  CHECK_FALSE(error.has_value());
  CHECK(error.error() == Error(ErrorCode::not_found, "no such stream"));
}

TEST_CASE("a result without a value is good until it is given an error") {
  CHECK(Result<void>().has_value());
  CHECK_FALSE(Result<void>(Error(ErrorCode::closed, "the engine is closing")).has_value());
}

TEST_CASE("a refusal names its rule when printed, other errors only their code") {
  std::ostringstream out;
  out << Error::refused("has_reason", "rejecting needs a reason") << '\n' << Error(ErrorCode::limit, "queue is full");
  CHECK(out.str() == "refused by has_reason: rejecting needs a reason\nlimit: queue is full");
}
