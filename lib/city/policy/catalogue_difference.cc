#include "pavior/city/catalogue_difference.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "city/policy/flat_catalogue.h"
#include "fmt/format.h"

namespace pavior::city::inline v0 {
namespace {

using Flat = std::map<FlatPath, std::string>;
using Place = Flat::const_iterator;

std::string path_text(const FlatPath& path) { return fmt::format("{}", fmt::join(path, ", ")); }

bool is_part_of(const FlatPath& part, const FlatPath& whole) {
  return part.size() > whole.size() && std::equal(whole.begin(), whole.end(), part.begin());
}

/// Behind all parts of what is at `place`.
Place after_parts(Place place, const Flat& flat) {
  const auto& whole = place->first;
  return std::find_if(std::next(place), flat.end(), [&](const auto& other) { return !is_part_of(other.first, whole); });
}

std::set<std::string> codes_of(const v1::Catalogue& data) {
  std::set<std::string> codes;
  for (const auto& major : data.majors())
    for (const auto& minor : major.minors()) codes.insert(minor.code());
  return codes;
}

/// What takes the place of each code that is gone.
void add_notes(std::vector<CatalogueChange>& changes, const v1::Catalogue& from, const v1::Catalogue& to) {
  const auto kept = codes_of(to);
  std::map<std::string, std::string> notes;
  for (const auto& code : codes_of(from))
    if (!kept.contains(code)) notes[path_text({"category " + code})] = "nothing takes its place";
  for (const auto& code : to.dropped_codes()) notes[path_text({"category " + code})] = "dropped";
  for (const auto& mapping : to.mappings())
    notes[path_text({"category " + mapping.old_code()})] = mapping.new_code() + " takes its place";
  for (auto& change : changes)
    if (const auto note = notes.find(change.path); note != notes.end() && !change.is) change.note = note->second;
}

}  // namespace

std::vector<CatalogueChange> catalogue_difference(const v1::Catalogue& from, const v1::Catalogue& to) {
  const Flat before = flat_catalogue(from), after = flat_catalogue(to);
  std::vector<CatalogueChange> changes;
  auto was = before.begin();
  auto is = after.begin();
  while (was != before.end() || is != after.end()) {
    if (is == after.end() || (was != before.end() && was->first < is->first)) {
      changes.push_back({path_text(was->first), was->second, std::nullopt, {}});
      was = after_parts(was, before);
    } else if (was == before.end() || is->first < was->first) {
      changes.push_back({path_text(is->first), std::nullopt, is->second, {}});
      is = after_parts(is, after);
    } else {
      if (was->second != is->second) changes.push_back({path_text(was->first), was->second, is->second, {}});
      ++was, ++is;
    }
  }
  add_notes(changes, from, to);
  return changes;
}

std::string change_text(const CatalogueChange& change) {
  std::string text = fmt::format("{} {}", change.was ? (change.is ? ' ' : '-') : '+', change.path);
  const bool both = change.was && change.is;
  if (both) {
    text += fmt::format(": {} -> {}", *change.was, *change.is);
  } else if (const auto& one = change.was ? *change.was : *change.is; !one.empty()) {
    text += ": " + one;
  }
  if (!change.note.empty()) text += "; " + change.note;
  return text;
}

std::vector<std::string> unmapped_codes(const v1::Catalogue& from, const v1::Catalogue& to) {
  auto known = codes_of(to);
  for (const auto& mapping : to.mappings()) known.insert(mapping.old_code());
  known.insert(to.dropped_codes().begin(), to.dropped_codes().end());
  std::vector<std::string> codes;
  std::ranges::set_difference(codes_of(from), known, std::back_inserter(codes));
  return codes;
}

}  // namespace pavior::city::inline v0
