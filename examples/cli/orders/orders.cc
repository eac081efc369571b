#include "orders/orders.h"

#include <map>
#include <string>

#include "fmt/format.h"
#include "pavior/city/orders_view.h"
#include "pavior/proto.h"

namespace pavior::cli {
namespace {

// Rows as they would be, over those that are.
class Ahead final : public Rows {
 public:
  explicit Ahead(const Engine& engine) : engine_(engine) {}

  std::optional<std::string> get(std::string_view key) const override {
    if (const auto found = rows_.find(key); found != rows_.end()) return found->second;
    auto row = engine_.view_get(city::orders_view, key);
    if (row) return std::move(row).value();
    failure_ = row.error();
    return std::nullopt;
  }
  void put(std::string_view key, std::string value) override { rows_[std::string(key)] = std::move(value); }
  void erase(std::string_view key) override { rows_.erase(std::string(key)); }

  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& rows() const { return rows_; }
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  const Engine& engine_;
  std::map<std::string, std::string, std::less<>> rows_;
  mutable std::optional<Error> failure_;
};

Result<void> read_ahead(const Engine& engine, Ahead& ahead) {
  const auto from = engine.view_position(city::orders_view);
  if (!from) return from.error();
  const auto view = city::make_orders_view();
  const auto read = engine.read(*from, [&](const Event& event) {
    view->apply(event, ahead);
    return !ahead.failure();
  });
  if (!read) return read.error();
  if (ahead.failure()) return *ahead.failure();
  return {};
}

}  // namespace

Result<void> visit_orders(const Engine& engine,
                          const std::function<bool(std::string_view, const city::v1::OrderRow&)>& visit) {
  Ahead ahead(engine);
  if (const auto read = read_ahead(engine, ahead); !read) return read;
  auto next = ahead.rows().begin();
  const auto end = ahead.rows().end();
  Result<void> outcome;
  city::v1::OrderRow row;
  const auto show = [&](std::string_view key, std::string_view bytes) {
    if (parse(bytes, row)) return visit(key, row);
    outcome = Error(ErrorCode::corrupt, fmt::format("the row of order {} in the view cannot be read", key));
    return false;
  };
  bool more = true;
  const auto scanned = engine.view_scan(city::orders_view, "", [&](std::string_view key, std::string_view value) {
    while (more && next != end && next->first < key) more = show(next->first, next->second), ++next;
    const bool newer = more && next != end && next->first == key;
    if (more) more = show(key, newer ? next->second : value);
    if (newer) ++next;
    return more;
  });
  if (!scanned) return scanned;
  for (; more && next != end; ++next) more = show(next->first, next->second);
  return outcome;
}

}  // namespace pavior::cli
