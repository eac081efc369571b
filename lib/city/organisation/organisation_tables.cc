#include "pavior/city/organisation_tables.h"

#include <array>
#include <charconv>
#include <utility>

#include "city/organisation/organisation_check.h"
#include "city/organisation/table_reader.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

/// One of the organisation's lists, of which a table has the last part.
struct List {
  std::string_view field;
  TableReader table;
  std::size_t before;  ///< What the base has of it.
};

/// `grids[17]`, at the start of a text.
struct Element {
  const List* list = nullptr;  ///< Null: the text does not begin with an element of a table.
  std::size_t index = 0;
  std::size_t length = 0;
};

template <class Lists>
Element element_at(std::string_view text, const Lists& lists) {
  for (const List& list : lists) {
    if (!text.starts_with(list.field) || text.substr(list.field.size(), 1) != "[") continue;
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(text.data() + list.field.size() + 1, text.data() + text.size(), index);
    if (error != std::errc() || end == text.data() + text.size() || *end != ']' || index < list.before) return {};
    return {&list, index - list.before, static_cast<std::size_t>(end + 1 - text.data())};
  }
  return {};
}

/// `text` with the lines of tables in place of elements: "grids[17]" becomes "grids.csv:19".
template <class Lists>
std::string placed(std::string_view text, const Lists& lists) {
  std::string result;
  while (!text.empty()) {
    if (const auto element = element_at(text, lists); element.list != nullptr) {
      result += element.list->table.place(element.index);
      text.remove_prefix(element.length);
    } else {
      result += text.front();
      text.remove_prefix(1);
    }
  }
  return result;
}

/// The column of what is left of a path: "grids" of ".grids[1]", "latitude" of ".position.latitude".
std::string_view column_of(std::string_view path) {
  constexpr std::string_view inner = ".position";
  if (path.starts_with(inner) && path.size() > inner.size()) path.remove_prefix(inner.size());
  if (path.starts_with('.')) path.remove_prefix(1);
  return path.substr(0, path.find('['));
}

template <class Lists>
Error error_of(const DataMistake& mistake, const Lists& lists) {
  const auto what = placed(mistake.what, lists);
  const auto element = element_at(mistake.path, lists);
  if (element.list == nullptr) return {ErrorCode::invalid, fmt::format("{}: {}", mistake.path, what)};
  const auto column = column_of(std::string_view(mistake.path).substr(element.length));
  return {ErrorCode::invalid, fmt::format("{}: {}{}{}", element.list->table.place(element.index), column,
                                          column.empty() ? "" : ": ", what)};
}

std::size_t size_of(const auto& list) { return static_cast<std::size_t>(list.size()); }

}  // namespace

Result<v1::Organisation> read_organisation_tables(v1::Organisation base, const OrganisationTables& tables,
                                                  const Calendars& calendars) {
  std::array lists = {
      List{"grids", {tables.grids, v1::Grid::default_instance()}, size_of(base.grids())},
      List{"units", {tables.units, v1::HandlingUnit::default_instance()}, size_of(base.units())},
      List{"people", {tables.people, v1::Person::default_instance()}, size_of(base.people())},
      List{"appointments", {tables.appointments, v1::Appointment::default_instance()}, size_of(base.appointments())}};
  using google::protobuf::Message;
  if (auto read = lists[0].table.read([&]() -> Message& { return *base.add_grids(); }); !read) return read.error();
  if (auto read = lists[1].table.read([&]() -> Message& { return *base.add_units(); }); !read) return read.error();
  if (auto read = lists[2].table.read([&]() -> Message& { return *base.add_people(); }); !read) return read.error();
  if (auto read = lists[3].table.read([&]() -> Message& { return *base.add_appointments(); }); !read)
    return read.error();
  if (const auto mistake = organisation_mistake(base, &calendars)) return error_of(*mistake, lists);
  return base;
}

}  // namespace pavior::city::inline v0
