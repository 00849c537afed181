#include "host/api/v2/rest.hpp"

#include <utility>

namespace hipchat::host {

room_ptr room_for(const access& who, const rooms& places, const request& asked) {
    room_ptr found = places.find(asked.captured("room"));
    if (!found) throw refusal(404, "Room not found");
    if (!who.may_touch(found->id))
        throw refusal(403,
                      "This client was installed into another room and may not touch this one");
    return found;
}

task<http_response> recorded(services& on, const request& asked, record_label label,
                             task<http_response> handling) {
    exchange record;
    record.at = on.time.now();
    record.way = exchange::direction::from_addon;
    record.room_id = label.room_id;
    record.what = std::move(label.what);
    if (label.about) record.addon_key = label.about->descriptor.key;
    record.method = asked.raw().method;
    record.url = on.self.base_url() + std::string(asked.raw().target);
    record.request = asked.raw().body;
    const steady_time begun = on.time.monotonic();
    http_response given;
    try {
        given = co_await handling;
    } catch (const refusal& no) {
        given = no.response();
    }
    record.took =
        std::chrono::duration_cast<std::chrono::milliseconds>(on.time.monotonic() - begun);
    record.status = given.status;
    record.response = given.body;
    on.record.record(std::move(record), label.about ? label.about->secret : secret());
    co_return given;
}

}  // namespace hipchat::host
