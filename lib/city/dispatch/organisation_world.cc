#include <string_view>
#include <utility>

#include "pavior/city/dispatch_world.h"

namespace pavior::city::inline v0 {
namespace {

class OrganisationWorld final : public DispatchWorld {
 public:
  explicit OrganisationWorld(Organisation organisation) : organisation_(std::move(organisation)) {}

  [[nodiscard]] v1::PolicyVersion version() const override {
    v1::PolicyVersion version;
    version.set_id(organisation_.data().id());
    version.set_version(organisation_.data().version());
    return version;
  }
  [[nodiscard]] std::size_t unit_count() const override {
    return static_cast<std::size_t>(organisation_.data().units_size());
  }
  [[nodiscard]] const v1::HandlingUnit& unit(std::size_t number) const override {
    return organisation_.data().units(static_cast<int>(number));
  }
  [[nodiscard]] bool on_duty(std::size_t number, Time at) const override {
    const auto duty = organisation_.duty(unit(number).id(), at);
    return duty && duty->on;
  }
  [[nodiscard]] std::string_view unit_of_grid(std::string_view grid) const override {
    const v1::Grid* found = organisation_.grid(grid);
    return found == nullptr ? std::string_view() : std::string_view(found->unit());
  }
  [[nodiscard]] bool has_grid(std::string_view grid) const override { return organisation_.grid(grid) != nullptr; }
  [[nodiscard]] const v1::JointGroup* joint_group(std::string_view id) const override {
    return organisation_.joint_group(id);
  }

 private:
  Organisation organisation_;
};

}  // namespace

std::shared_ptr<const DispatchWorld> make_dispatch_world(Organisation organisation) {
  return std::make_shared<OrganisationWorld>(std::move(organisation));
}

}  // namespace pavior::city::inline v0
