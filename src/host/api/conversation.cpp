#include "host/api/conversation.hpp"

#include <exception>
#include <utility>

#include "host/api/request.hpp"
#include "host/api/web.hpp"
#include "host/core/rights.hpp"

namespace hipchat::host {
namespace {

constexpr std::int64_t first_changes = 75;
constexpr std::int64_t most_missed = 1000;           // of a page that was away for long, the newest
constexpr std::size_t welcome_bytes = 512UL * 1024;  // a socket takes 1 MiB at once
constexpr std::size_t longest_origin = 100;

// The newest of `changes` that fit into a welcome, as JSON.
json::array fitting(const std::vector<change_ptr>& changes, std::int64_t after) {
    std::size_t bytes = 0;
    auto first = changes.end();
    while (first != changes.begin() && (*std::prev(first))->seq > after) {
        bytes += json::serialize((*std::prev(first))->content).size();
        if (bytes > welcome_bytes) break;
        --first;
    }
    json::array list;
    for (; first != changes.end(); ++first)
        list.push_back((*first)->content);
    return list;
}

}  // namespace

task<> conversation::hold(std::optional<std::int64_t> after) {
    const feed::subscription listening =
        on_.news.subscribe([this](const change_ptr& made) { hear(made); });
    const glance_board::subscription watching =
        on_.glances.subscribe([this](const pushed_glance& made) { show(made); });
    std::exception_ptr failure;
    is_here_ = true;
    try {
        task<> arriving = on_.sockets.arrive(room_->id, you_);
        co_await arriving;
        task<> welcoming = welcome(after);
        co_await welcoming;
        task<> listening_to = listen();
        co_await listening_to;
    } catch (...) {
        failure = std::current_exception();
    }
    if (is_here_) on_.sockets.lose(room_->id, you_);
    if (failure) std::rethrow_exception(failure);
}

task<> conversation::welcome(std::optional<std::int64_t> after) {
    const std::int64_t count = after ? most_missed : first_changes;
    task<std::vector<change_ptr>> reading = on_.news.last(room_->id, count);
    const std::vector<change_ptr> changes = co_await reading;
    cursor_ = std::max(after.value_or(0), changes.empty() ? 0 : changes.back()->seq);
    json::object frame;
    frame["type"] = "welcome";
    frame["you"] = to_json(you_);
    frame["room"] = to_json(*room_);
    frame["people"] = people_list();
    frame["changes"] = fitting(changes, after.value_or(0));
    frame["cursor"] = cursor_;
    socket_.send(json::serialize(frame));
    is_welcomed_ = true;
    const std::vector<change_ptr> early = std::exchange(early_, {});
    for (const change_ptr& each : early)
        tell(each);
}

void conversation::hear(const change_ptr& made) {
    if (made->room_id != room_->id) {
        hint_at(made);
        return;
    }
    if (is_welcomed_)
        tell(made);
    else
        early_.push_back(made);
}

void conversation::hint_at(const change_ptr& made) {
    const json::value& kind = made->content.at("kind");
    if (is_hinted_ || !is_welcomed_ || (kind != "message" && kind != "notification")) return;
    const room_ptr where = on_.places.find(made->room_id);
    const person* const now = on_.persons.find(you_.id);
    if (!where || now == nullptr || !may_see(on_.places, *now, *where) || !may_stay()) return;
    is_hinted_ = true;
    socket_.send(R"({"type":"elsewhere"})");
}

// A page asks for what was pushed before by itself.
void conversation::show(const pushed_glance& made) {
    const client_ptr of = on_.installed.find(made.oauth_id);
    if (!is_welcomed_ || !may_stay() || !of || !of->reaches(room_->id)
        || !made.is_for(room_->id, you_.id))
        return;
    json::object frame;
    frame["type"] = "glance";
    frame["addon_key"] = of->descriptor.key;
    frame["key"] = made.key;
    frame["content"] = made.content;
    socket_.send(json::serialize(frame));
}

bool conversation::may_stay() {
    if (session_id_.empty()) return true;
    const person* const now = on_.persons.find(you_.id);
    const room_ptr where = on_.places.find(room_->id);
    // That a room was deleted may still be told.
    const bool sees = now != nullptr && (!where || may_see(on_.places, *now, *where));
    if (on_.open.is_open(session_id_) && sees && !now->is_deleted) return true;
    socket_.close();
    return false;
}

void conversation::tell(const change_ptr& made) {
    if (!may_stay()) return;
    const json::string& kind = made->content.at("kind").get_string();
    if (made->seq > cursor_) {
        cursor_ = made->seq;
        json::object frame;
        frame["type"] = "change";
        frame["change"] = made->content;
        socket_.send(json::serialize(frame));
    }
    if (kind != "enter" && kind != "exit") return;
    json::object frame;
    frame["type"] = "people";
    frame["people"] = people_list();
    socket_.send(json::serialize(frame));
}

task<> conversation::listen() {
    while (true) {
        task<std::optional<std::string>> reading = socket_.read();
        std::optional<std::string> text = co_await reading;
        if (!text) co_return;
        task<> taking = take(*std::move(text));
        co_await taking;
    }
}

task<> conversation::take(std::string text) {
    if (!may_stay()) co_return;
    boost::system::error_code flaw;
    json::value frame = json::parse(text, flaw);
    if (flaw || !frame.is_object()) {
        complain("A frame must be a JSON object", {});
        co_return;
    }
    const json::object& members = frame.get_object();
    try {
        const std::string type = required_text(members, "type");
        if (type == "elsewhere") {
            is_hinted_ = false;
            co_return;
        }
        if (type != "say" && type != "edit" && type != "read" && type != "leave")
            throw refusal(400, "There is no frame " + type);
        task<> acting = type == "say"    ? say(members)
                        : type == "edit" ? edit(members)
                        : type == "read" ? mark_read(members)
                                         : leave();
        co_await acting;
    } catch (const refusal& no) {
        complain(no.what(), members);
    } catch (const overloaded&) {
        complain("The host has too much to do; try again", members);
    }
}

task<> conversation::say(json::object frame) {
    if (!is_here_) throw refusal(400, "You have left the room");
    std::string text = required_text(frame, "text");
    check_message("text", text);
    std::string id = required_text(frame, "origin_id");
    if (id.empty() || id.size() > longest_origin)
        throw refusal(400, "'origin_id' must have 1 to 100 bytes");
    said what{.text = std::move(text), .origin_id = id};
    if (const json::value* const parent = frame.if_contains("parent_id");
        parent != nullptr && parent->is_string()) {
        what.attached["parent_id"] = *parent;
        task<> checking = check_parent(std::string(parent->get_string()));
        co_await checking;
    }
    // Ids of one person cannot meet those of another.
    origin source{"web", std::to_string(room_->id) + '/' + std::to_string(you_.id) + '/' + id};
    task<change> saying = on_.act.say(std::move(source), room_->id, you_, std::move(what));
    co_await saying;
}

task<> conversation::check_parent(std::string id) {
    const auto read = [room = room_->id, id](connection& from) {
        return find_message(from, message_log::in_room(room), id);
    };
    task<change_ptr> reading = on_.store.read(read);
    const change_ptr found = co_await reading;
    if (!found) throw refusal(404, "What you answer to is not here any more");
}

task<> conversation::mark_read(json::object frame) {
    const json::value* const seq = frame.if_contains("seq");
    if (seq == nullptr || !seq->is_int64()) throw refusal(400, "'seq' must be a number");
    // Nobody has read what was not said yet.
    const std::int64_t to = std::min(seq->get_int64(), cursor_);
    task<> putting = on_.marks.put(you_.id, room_->id, to);
    co_await putting;
}

task<> conversation::edit(json::object frame) {
    if (!is_here_) throw refusal(400, "You have left the room");
    std::string id = required_text(frame, "message_id");
    std::optional<std::string> text;
    const json::value* const sent = frame.if_contains("text");
    if (sent == nullptr || !sent->is_null()) {
        text = required_text(frame, "text");
        check_message("text", *text);
    }
    task<edit_result> editing = on_.act.edit(room_->id, std::move(id), you_, std::move(text));
    const edit_result came_of_it = co_await editing;
    switch (came_of_it) {
        case edit_result::done:
            co_return;
        case edit_result::unknown:
            throw refusal(404, "This message is not here any more");
        case edit_result::not_the_author:
            throw refusal(403, "Only who wrote a message may change it");
        case edit_result::too_old:
            throw refusal(403, "A message can be changed for 24 hours");
    }
}

task<> conversation::leave() {
    if (!std::exchange(is_here_, false)) co_return;
    task<> leaving = on_.sockets.depart(room_->id, you_);
    co_await leaving;
}

void conversation::complain(const std::string& message, const json::object& about) {
    json::object frame;
    frame["type"] = "error";
    frame["message"] = message;
    const json::value* const id = about.if_contains("origin_id");
    if (id != nullptr && id->is_string()) frame["origin_id"] = *id;
    socket_.send(json::serialize(frame));
}

json::array conversation::people_list() const {
    return people_here(on_, room_->id);
}

}  // namespace hipchat::host
