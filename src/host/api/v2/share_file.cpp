#include <exception>

#include "host/api/file_name.hpp"
#include "host/api/v2/sending.hpp"
#include "host/api/v2/shared_file.hpp"

namespace hipchat::host {
namespace {

task<http_response> share_file(services& on, const request& asked, const user_access& who,
                               recipient to) {
    shared_file shared = read_shared_file(asked);
    const allowance left = count_message(on, to);
    task<std::optional<kept_file>> keeping = on.kept.keep(shared.file);
    const std::optional<kept_file> made = co_await keeping;
    if (!made)
        refuse_field("file", "format", nullptr,
                     "must have at most 50 MB, in base64 if it says that it is");
    said what{.text = std::move(shared.message)};
    what.attached["file"] = file_member(*made);
    std::exception_ptr failure;
    try {
        task<http_response> sending =
            send(on, std::move(to), who.who(), std::move(what), 204, left);
        co_return co_await sending;
    } catch (...) {
        failure = std::current_exception();
    }
    // Nobody would ever find it.
    task<> dropping = on.kept.drop(made->id);
    co_await dropping;
    std::rethrow_exception(failure);
}

void add(router& to, services& on, const std::string& path, const find_recipient& find) {
    to.for_user("POST", path + "/share/file", {scope::send_message},
                [&on, find](const request& asked, const user_access& who) {
                    return share_file(on, asked, who, find(asked, who));
                });
}

}  // namespace

void add_share_file_routes(router& to, services& on) {
    add(to, on, "/v2/room/{room}", [&on](const request& asked, const user_access& who) {
        return room_recipient(on, asked, who);
    });
    add(to, on, "/v2/user/{user}",
        [&on](const request& asked, const user_access&) { return person_recipient(on, asked); });
}

}  // namespace hipchat::host
