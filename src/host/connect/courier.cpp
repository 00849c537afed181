#include "host/connect/courier.hpp"

#include <utility>

namespace hipchat::host {

task<outcome> courier::ask(transport::http_call call) {
    try {
        task<transport::http_answer> sending = client_.send(std::move(call));
        co_return co_await sending;
    } catch (const transport_error& failure) {
        co_return failure;
    }
}

task<outcome> courier::send(transport::http_call call, std::string what, client_ptr about,
                            std::int64_t room_id) {
    exchange record;
    record.at = time_.now();
    record.way = exchange::direction::to_addon;
    record.room_id = room_id;
    record.addon_key = about->descriptor.key;
    record.what = std::move(what);
    record.method = call.method;
    record.url = call.url;
    record.request = call.body;
    const steady_time begun = time_.monotonic();
    task<outcome> asking = ask(std::move(call));
    outcome end = co_await asking;
    record.took = std::chrono::duration_cast<std::chrono::milliseconds>(time_.monotonic() - begun);
    if (const auto* const answer = std::get_if<transport::http_answer>(&end)) {
        record.status = answer->status;
        record.response = answer->body;
    } else {
        record.error = std::get<transport_error>(end).what();
    }
    record_.record(std::move(record), about->secret);
    co_return end;
}

}  // namespace hipchat::host
