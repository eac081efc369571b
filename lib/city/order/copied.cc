#include "city/order/copied.h"

#include "core/check.h"

namespace pavior::city::inline v0::lifecycle {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void copy_repeated(const Message& from, const FieldDescriptor& source, Message& to, const FieldDescriptor& target) {
  const auto& reader = *from.GetReflection();
  const auto& writer = *to.GetReflection();
  for (int i = 0; i < reader.FieldSize(from, &source); ++i) {
    if (source.cpp_type() == FieldDescriptor::CPPTYPE_STRING)
      writer.AddString(&to, &target, reader.GetRepeatedString(from, &source, i));
    else
      writer.AddMessage(&to, &target)->CopyFrom(reader.GetRepeatedMessage(from, &source, i));
  }
}

void copy_one(const Message& from, const FieldDescriptor& source, Message& to, const FieldDescriptor& target) {
  const auto& reader = *from.GetReflection();
  const auto& writer = *to.GetReflection();
  switch (source.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: writer.SetString(&to, &target, reader.GetString(from, &source)); break;
    case FieldDescriptor::CPPTYPE_INT64: writer.SetInt64(&to, &target, reader.GetInt64(from, &source)); break;
    case FieldDescriptor::CPPTYPE_UINT32: writer.SetUInt32(&to, &target, reader.GetUInt32(from, &source)); break;
    case FieldDescriptor::CPPTYPE_BOOL: writer.SetBool(&to, &target, reader.GetBool(from, &source)); break;
    case FieldDescriptor::CPPTYPE_ENUM: writer.SetEnumValue(&to, &target, reader.GetEnumValue(from, &source)); break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      writer.MutableMessage(&to, &target)->CopyFrom(reader.GetMessage(from, &source));
      break;
    default: PAVIOR_CHECK(false, "{} has a type that is not copied", source.full_name());
  }
}

}  // namespace

void copy_common_fields(const Message& from, Message& to) {
  std::vector<const FieldDescriptor*> given;
  from.GetReflection()->ListFields(from, &given);
  for (const FieldDescriptor* source : given) {
    const FieldDescriptor* target = to.GetDescriptor()->FindFieldByName(source->name());
    if (target == nullptr) continue;
    PAVIOR_CHECK(source->cpp_type() == target->cpp_type() && source->is_repeated() == target->is_repeated(),
                 "{} and {} have different types", source->full_name(), target->full_name());
    if (source->is_repeated()) {
      copy_repeated(from, *source, to, *target);
    } else {
      copy_one(from, *source, to, *target);
    }
  }
}

}  // namespace pavior::city::inline v0::lifecycle
