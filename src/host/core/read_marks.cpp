#include "host/core/read_marks.hpp"

#include "host/core/people.hpp"

namespace hipchat::host {
namespace {

using mark = std::pair<std::int64_t, std::int64_t>;  // room, seq

std::int64_t person_in(const json::object& content) {
    const json::value* const who = content.if_contains("person");
    if (who == nullptr || !who->is_object()) return 0;
    return who->get_object().at("id").to_number<std::int64_t>();
}

unread_count count_one(connection& on, const person& who, const mark& read) {
    unread_count found{.room_id = read.first};
    const std::vector<change_ptr> later = read_changes(
        on.query("SELECT seq, room_id, actor, content FROM changes WHERE room_id = ? "
                 "AND seq > ? AND is_message = 1 AND is_deleted = 0 ORDER BY seq LIMIT ?",
                 read.first, read.second, read_marks::most));
    for (const change_ptr& each : later) {
        if (person_in(each->content) == who.id) continue;
        ++found.messages;
        const json::value* const text = each->content.if_contains("text");
        if (text != nullptr && text->is_string() && mentions(who, text->get_string()))
            ++found.mentions;
    }
    return found;
}

}  // namespace

read_marks::read_marks(storage::sqlite::database& store, connection& on) : store_(store) {
    statement rows = on.query("SELECT person_id, room_id, seq FROM read_marks");
    while (rows.step())
        marks_[{rows.integer(0), rows.integer(1)}] = rows.integer(2);
}

task<> read_marks::put(std::int64_t person_id, std::int64_t room_id, std::int64_t seq) {
    std::int64_t& known = marks_[{person_id, room_id}];
    if (seq <= known) co_return;
    known = seq;
    const auto write = [person_id, room_id, seq](connection& on) {
        on.run(
            "INSERT INTO read_marks(person_id, room_id, seq) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)",
            person_id, room_id, seq);
    };
    task<> writing = store_.write(write);
    co_await writing;
}

task<std::vector<unread_count>> read_marks::count(person who,
                                                  std::vector<std::int64_t> rooms) const {
    std::vector<mark> read_to;
    for (const std::int64_t id : rooms)
        if (const auto found = marks_.find({who.id, id}); found != marks_.end())
            read_to.emplace_back(id, found->second);
    const auto read = [who, read_to](connection& on) {
        std::vector<unread_count> counts;
        for (const mark& each : read_to)
            if (const unread_count found = count_one(on, who, each); found.messages > 0)
                counts.push_back(found);
        return counts;
    };
    task<std::vector<unread_count>> reading = store_.read(read);
    co_return co_await reading;
}

}  // namespace hipchat::host
