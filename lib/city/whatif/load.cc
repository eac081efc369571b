#include "city/whatif/load.h"

#include <algorithm>

namespace pavior::city::inline v0::whatif {
namespace {

using Hours = std::chrono::duration<double, std::ratio<3600>>;

}  // namespace

void Load::AtWork::count_to(Time at) {
  if (at <= changed) return;
  hours += static_cast<double>(now) * Hours(at - changed).count();
  changed = at;
}

void Load::begins(const std::string& unit, Time at) {
  const auto [place, is_new] = units_.try_emplace(unit);
  AtWork& work = place->second;
  if (is_new) work.first = work.changed = at;
  work.count_to(at);
  work.most = std::max(work.most, ++work.now);
}

void Load::ends(const std::string& unit, Time at) {
  AtWork& work = units_[unit];
  work.count_to(at);
  if (work.now > 0) --work.now;
}

void Load::tell(Time end, std::map<std::string, UnitFigures>& units) {
  for (auto& [unit, work] : units_) {
    work.count_to(end);
    UnitFigures& figures = units[unit];
    figures.at_work_most = work.most;
    const double span = Hours(work.changed - work.first).count();
    figures.at_work_mean = span > 0 ? work.hours / span : 0;
  }
}

}  // namespace pavior::city::inline v0::whatif
