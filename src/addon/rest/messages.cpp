#include "hipchat/rest/messages.hpp"

#include "addon/rest/call.hpp"
#include "addon/rest/multipart.hpp"
#include "addon/rest/shapes.hpp"
#include "base/random.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/limits.hpp"
#include "protocol/message.hpp"

// Rooms and conversations have the same calls, below room/{room} and user/{user}.

namespace hipchat::rest {
namespace {

constexpr std::size_t longest_room_message = 1000;
constexpr std::size_t longest_private_message = 10000;
constexpr std::size_t longest_link = 10000;
constexpr std::size_t longest_id = 1000;
constexpr int most_latest = 1000;
constexpr std::size_t most_list_bytes = std::size_t{32} * 1024 * 1024;

message_file read_file(const protocol::members& from) {
    return {text_in(from, "name"), number_in(from, "size"), text_in(from, "url"),
            text_in(from, "thumb_url")};
}

notification_origin read_origin(const protocol::members& from) {
    return {text_in(from, "type"), text_in(from, "id"), text_in(from, "client_id")};
}

logged_message read_message(const protocol::members& from) {
    logged_message made;
    static_cast<resource&>(made) = read_resource(from);
    made.id = text_in(from, "id");
    made.date = text_in(from, "date");
    made.type = text_in(from, "type");
    if (from.find("message") != nullptr) made.message = text_in(from, "message");
    if (const auto person = object_in(from, "from")) {
        made.from = read_user_summary(*person);
        made.from_name = made.from->name;
    } else {
        made.from_name = text_in(from, "from");
    }
    made.mentions = objects_in(from, "mentions", read_user_summary);
    made.color = text_in(from, "color");
    made.message_format = text_in(from, "message_format");
    if (const auto file = object_in(from, "file")) made.file = read_file(*file);
    if (const auto origin = object_in(from, "notification_sender"))
        made.sender = read_origin(*origin);
    return made;
}

// Some hosts wrap a single message, and some do not.
logged_message read_one_message(const protocol::members& from) {
    const auto inner = object_in(from, "message");
    return read_message(inner ? *inner : from);
}

std::vector<logged_message> read_latest(const protocol::members& from) {
    return objects_in(from, "items", read_message);
}

sent_message read_sent(const protocol::members& from) {
    sent_message made;
    static_cast<resource&>(made) = read_resource(from);
    made.id = text_in(from, "id");
    made.timestamp = text_in(from, "timestamp");
    return made;
}

std::string query_of(const history_query& part) {
    return query({{"date", part.latest()},
                  {"end-date", part.earliest()},
                  {"timezone", part.timezone()},
                  {"reverse", part.is_newest_first() ? "false" : ""},
                  {"include_deleted", part.has_deleted() ? "true" : ""}});
}

std::string query_of(const latest_query& part) {
    if (part.most() < 0 || part.most() > most_latest)
        throw config_error("max-results is " + std::to_string(part.most())
                           + "; ask for 0 to 1000 messages");
    return query({{"max-results", std::to_string(part.most())},
                  {"timezone", part.timezone()},
                  {"not-before", part.first()},
                  {"include_deleted", part.has_deleted() ? "true" : ""}});
}

json::object write_message(const std::string& text, std::size_t most) {
    protocol::check_text("message", text, 1, most);
    json::object body;
    body["message"] = text;
    return body;
}

json::object write_link(const std::string& link, const std::string& text) {
    protocol::check_text("link", link, 1, longest_link);
    protocol::check_text("message", text, 0, longest_room_message);
    json::object body;
    body["link"] = link;
    if (!text.empty()) body["message"] = text;
    return body;
}

rest_request with_file(rest_request request, const shared_file& what) {
    // Long enough that no file contains it by chance.
    auto [type, body] = write_shared_file(what, random_alphanumeric(40));
    request.content_type = std::move(type);
    request.body = std::move(body);
    return request;
}

rest_request ask_latest(rest_request request) {
    request.max_answer_bytes = most_list_bytes;
    return request;
}

std::string below(const user_ref& who) {
    return "user/" + segment(who);
}

const std::vector<scope> to_send{scope::send_message};
const std::vector<scope> to_read{scope::view_messages};

}  // namespace

task<> room_messages::notify(room_ref where, notification what) const {
    return perform(host_.core(), ask_in(where, "POST", "/notification", {scope::send_notification},
                                        protocol::write_notification(what)));
}

task<sent_message> room_messages::send(room_ref where, std::string text) const {
    return fetch_as<read_sent>(host_.core(), ask_in(where, "POST", "/message", to_send,
                                                    write_message(text, longest_room_message)));
}

task<> room_messages::reply(room_ref where, std::string parent_message_id, std::string text) const {
    protocol::check_text("parentMessageId", parent_message_id, 1, longest_id);
    json::object body = write_message(text, longest_room_message);
    body["parentMessageId"] = parent_message_id;
    return perform(host_.core(), ask_in(where, "POST", "/reply", to_send, body));
}

task<> room_messages::share_link(room_ref where, std::string link, std::string text) const {
    return perform(host_.core(),
                   ask_in(where, "POST", "/share/link", to_send, write_link(link, text)));
}

task<> room_messages::share_file(room_ref where, shared_file what) const {
    return perform(host_.core(), with_file(ask_in(where, "POST", "/share/file", to_send), what));
}

paged<logged_message> room_messages::history(room_ref where, history_query part) const {
    return list_of<read_message>(host_.core(),
                                 ask_in(where, "GET", "/history" + query_of(part), to_read));
}

task<std::vector<logged_message>> room_messages::latest(room_ref where, latest_query part) const {
    return fetch_as<read_latest>(
        host_.core(),
        ask_latest(ask_in(where, "GET", "/history/latest" + query_of(part), to_read)));
}

task<logged_message> room_messages::get(room_ref where, std::string message_id) const {
    return fetch_as<read_one_message>(
        host_.core(),
        ask_in(where, "GET", "/history/" + segment("message id", message_id), to_read));
}

task<> private_messages::send(user_ref to, std::string text, message_format format,
                              bool notify) const {
    json::object body = write_message(text, longest_private_message);
    body["message_format"] = format == message_format::html ? "html" : "text";
    body["notify"] = notify;
    return perform(host_.core(), ask("POST", below(to) + "/message", to_send, body));
}

task<> private_messages::share_link(user_ref to, std::string link, std::string text) const {
    return perform(host_.core(),
                   ask("POST", below(to) + "/share/link", to_send, write_link(link, text)));
}

task<> private_messages::share_file(user_ref to, shared_file what) const {
    return perform(host_.core(), with_file(ask("POST", below(to) + "/share/file", to_send), what));
}

paged<logged_message> private_messages::history(user_ref with, history_query part) const {
    return list_of<read_message>(host_.core(),
                                 ask("GET", below(with) + "/history" + query_of(part), to_read));
}

task<std::vector<logged_message>> private_messages::latest(user_ref with, latest_query part) const {
    return fetch_as<read_latest>(
        host_.core(),
        ask_latest(ask("GET", below(with) + "/history/latest" + query_of(part), to_read)));
}

task<logged_message> private_messages::get(user_ref with, std::string message_id) const {
    return fetch_as<read_one_message>(
        host_.core(),
        ask("GET", below(with) + "/history/" + segment("message id", message_id), to_read));
}

}  // namespace hipchat::rest
