#include "scenario/post.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/reflection.h"
#include "google/protobuf/text_format.h"
#include "pavior/city/v1/notices.pb.h"
#include "pavior/city/work_orders.h"
#include "pavior/proto.h"
#include "text/event_text.h"

namespace pavior::scenario {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Whatever else the notice says, in the order of its fields; a field added later is told too.
std::string rest_text(const Message& message, const std::vector<std::string>& told) {
  std::vector<const FieldDescriptor*> fields;
  const auto& reflection = *message.GetReflection();
  reflection.ListFields(message, &fields);
  std::vector<std::string> pieces;
  for (const auto* field : fields) {
    if (std::ranges::find(told, field->name()) != told.end()) continue;
    if (field->is_repeated() && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      for (const auto& text : reflection.GetRepeatedFieldRef<std::string>(message, field)) pieces.push_back(text);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      pieces.push_back(reflection.GetString(message, field));
    } else if (!field->is_repeated()) {
      std::string value;
      google::protobuf::TextFormat::PrintFieldValueToString(message, field, -1, &value);
      pieces.push_back(fmt::format("{} {}", field->name(), value));
    }
  }
  return fmt::format("{}", fmt::join(pieces, ", "));
}

Notice notice_of(const Delivery& delivery) {
  if (const auto told = unpack<city::v1::ReporterNotice>(delivery.type, delivery.payload))
    return {delivery.caused_by, "reporter " + told->reporter(), rest_text(*told, {"reporter"})};
  const auto told = unpack<city::v1::StaffNotice>(delivery.type, delivery.payload);
  if (!told) return {delivery.caused_by, delivery.topic + ' ' + delivery.type, {}};
  const auto people = told->recipients().empty() ? "nobody" : fmt::format("{}", fmt::join(told->recipients(), ", "));
  return {delivery.caused_by, fmt::format("staff {} to {}", told->kind(), people),
          rest_text(*told, {"kind", "recipients"})};
}

class BoxCourier final : public Courier {
 public:
  BoxCourier(std::string_view topic, std::shared_ptr<Postbox> box) : topic_(topic), box_(std::move(box)) {}
  std::string_view topic() const noexcept override { return topic_; }
  void deliver(const Delivery& delivery, Done done) override {
    box_->put(delivery);
    done({});
  }

 private:
  std::string topic_;
  std::shared_ptr<Postbox> box_;
};

}  // namespace

void Postbox::put(const Delivery& delivery) {
  auto notice = notice_of(delivery);
  // Topics have lanes of their own, and one may be ahead of the other.
  const auto after = std::ranges::upper_bound(notices_, notice.caused_by, {}, &Notice::caused_by);
  notices_.insert(after, std::move(notice));
}

std::vector<std::shared_ptr<Courier>> couriers_to(std::shared_ptr<Postbox> box) {
  std::vector<std::shared_ptr<Courier>> couriers;
  for (const auto topic : {city::reporter_notice_topic, city::staff_notice_topic})
    couriers.push_back(std::make_shared<BoxCourier>(topic, box));
  return couriers;
}

}  // namespace pavior::scenario
