#include <iostream>
#include <iterator>

#include "app.h"
#include "fmt/format.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "pavior/testing.h"
#include "text/event_text.h"
#include "text/text_file.h"

namespace pavior::cli {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

struct SubmitWish {
  std::string file = "-";
  std::string type;  // Empty: the text is an envelope that holds the command, else it is the command.
  std::string stream, id, actor;
  std::vector<std::string> roles;
};

Error bad(std::string message) { return {ErrorCode::invalid, std::move(message)}; }

Result<Struct> parse_object(const std::string& text) {
  Struct object;
  const auto status = google::protobuf::util::JsonStringToMessage(text, &object);
  if (!status.ok()) return bad("the text is no JSON object: " + std::string(status.message()));
  return object;
}

// The text of a field; empty if there is none. Errors: invalid (it is no text).
Result<std::string> text_of(const Struct& object, const std::string& name) {
  const auto found = object.fields().find(name);
  if (found == object.fields().end()) return std::string();
  if (found->second.kind_case() != Value::kStringValue) return bad("'" + name + "' must be a text");
  return found->second.string_value();
}

Result<Expected> expected_of(const Struct& object) {
  const auto found = object.fields().find("expected");
  if (found == object.fields().end()) return Expected::any();
  const auto& value = found->second;
  if (value.kind_case() == Value::kNumberValue && value.number_value() >= 1 && value.number_value() < 1e15)
    return Expected::exact(Version{static_cast<std::uint64_t>(value.number_value())});
  if (value.string_value() == "any") return Expected::any();
  if (value.string_value() == "none") return Expected::none();
  if (value.string_value() == "exists") return Expected::exists();
  return bad("'expected' must be a version, \"any\", \"none\" or \"exists\"");
}

Result<Actor> actor_of(const Struct& object) {
  const auto found = object.fields().find("actor");
  if (found == object.fields().end()) return Actor();
  auto id = text_of(found->second.struct_value(), "id");
  if (!id) return std::move(id).error();
  std::vector<std::string> roles;
  const auto list = found->second.struct_value().fields().find("roles");
  if (list != found->second.struct_value().fields().end()) {
    for (const auto& role : list->second.list_value().values()) roles.push_back(role.string_value());
  }
  return Actor(*std::move(id), std::move(roles));
}

// The command's message, from JSON, as bytes.
Result<std::string> payload_of(const std::string& type, const std::string& json) {
  const auto message = make_message(type);
  if (message == nullptr)
    return bad("there is no command '" + type + "'; `pavior describe lifecycle --json` lists them");
  const auto status = google::protobuf::util::JsonStringToMessage(json, message.get());
  if (!status.ok()) return bad("the command is no " + type + ": " + std::string(status.message()));
  return message->SerializeAsString();
}

// `pavior.city.v1.Accept`, `type.googleapis.com/pavior.city.v1.Accept` or, for the city's own, `Accept`.
std::string full_type(const std::string& name) {
  const auto type = name.substr(name.rfind('/') + 1);
  return type.find('.') == std::string::npos ? "pavior.city.v1." + type : type;
}

Result<Command> from_envelope(const std::string& text) {
  auto envelope = parse_object(text);
  if (!envelope) return std::move(envelope).error();
  const auto stream = text_of(*envelope, "stream");
  const auto id = text_of(*envelope, "id");
  const auto trace = text_of(*envelope, "trace");
  auto actor = actor_of(*envelope);
  const auto expected = expected_of(*envelope);
  for (const auto* part : {&stream, &id, &trace})
    if (!*part) return part->error();
  if (!actor) return actor.error();
  if (!expected) return expected.error();
  const auto command = envelope->mutable_fields()->find("command");
  if (command == envelope->mutable_fields()->end()) return bad("'command' is missing");
  auto& fields = *command->second.mutable_struct_value();
  const auto type = text_of(fields, "@type");
  if (!type) return type.error();
  if (type->empty()) return bad("'command' has no '@type'");
  fields.mutable_fields()->erase("@type");
  std::string json;
  if (const auto status = google::protobuf::util::MessageToJsonString(fields, &json); !status.ok())
    return bad("'command' cannot be read: " + std::string(status.message()));
  const auto payload = payload_of(full_type(*type), json);
  if (!payload) return payload.error();
  return Command(StreamId::parse(*stream), full_type(*type), *payload)
      .with_id(*id)
      .by(*std::move(actor))
      .expecting(*expected)
      .with_trace(*trace);
}

Result<Command> make_command(const SubmitWish& wish, const std::string& text) {
  if (wish.type.empty()) return from_envelope(text);
  const auto type = full_type(wish.type);
  const auto payload = payload_of(type, text);
  if (!payload) return payload.error();
  return Command(order_stream(wish.stream), type, *payload).with_id(wish.id).by(Actor(wish.actor, wish.roles));
}

Result<std::string> read_input(const std::string& file) {
  if (file != "-") return read_text(file);
  return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

Exit submit(const App& app, const SubmitWish& wish) {
  const auto text = read_input(wish.file);
  if (!text) return fail(Exit::bad_input, text.error().message());
  const auto command = make_command(wish, *text);
  if (!command) return fail(command.error());
  if (command->actor().id().empty()) return fail(Exit::bad_input, "the command names no actor");

  // Nothing happens by itself here: due timers are the owner platform's to fire.
  SimulatedRuntime runtime(present());
  const auto engine = open_owner(app, runtime, false, Durability::power_loss, false);
  if (!engine) return fail_store(engine.error());
  const auto receipt = (*engine)->submit_and_wait(*command);
  if (!receipt) return fail(receipt.error());
  const auto stage = stage_text(**engine, receipt->stream.workflow(), receipt->stage);
  if (app.json) {
    fmt::print("{}\n", JsonObject()
                           .add("command_id", receipt->command_id)
                           .add("stream", receipt->stream.text())
                           .add("version", number(receipt->version))
                           .add("stage", stage)
                           .add("position", number(receipt->first))
                           .add("repeated", receipt->repeated)
                           .text());
  } else {
    fmt::print("{} is {} at version {}{}\n", receipt->stream.text(), stage, number(receipt->version),
               receipt->repeated ? " (this command had been accepted before)" : "");
  }
  return Exit::ok;
}

}  // namespace

void add_submit(CLI::App& root, App& app) {
  auto* verb = root.add_subcommand("submit", "Submits one command, written as protobuf JSON");
  const auto wish = std::make_shared<SubmitWish>();
  verb->add_option("FILE", wish->file,
                   "{\"stream\", \"id\", \"actor\": {\"id\", \"roles\"}, \"expected\", \"command\": {\"@type\", ...}}; "
                   "- is standard input")
      ->capture_default_str();
  auto* type = verb->add_option("--type", wish->type, "FILE is the command alone, of this type, e.g. Accept");
  auto* stream = verb->add_option("--order", wish->stream, "With --type: the order")->needs(type);
  verb->add_option("--id", wish->id, "With --type: the command's id")->needs(type);
  auto* actor = verb->add_option("--actor", wish->actor, "With --type: who acts")->needs(type);
  verb->add_option("--role", wish->roles, "With --type: a role of the actor; may be given more than once")->needs(type);
  type->needs(stream)->needs(actor);
  verb->callback([&app, wish] { app.run = [&app, wish] { return submit(app, *wish); }; });
}

}  // namespace pavior::cli
