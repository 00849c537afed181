#include "host/api/web.hpp"
#include "host/core/pictures.hpp"
#include "protocol/url.hpp"

namespace hipchat::host {
namespace {

// What somebody shared is never a page of the host: it has a type that runs nothing, or is saved.
http_response as_file(read_file found) {
    const std::string_view type = safe_type_of(found.what.content_type, found.bytes);
    const bool is_shown = type != "application/octet-stream";
    http_response response = http_response::of(200, std::string(type), std::move(found.bytes));
    response.headers.emplace_back("Content-Disposition",
                                  std::string(is_shown ? "inline" : "attachment")
                                      + "; filename*=UTF-8''"
                                      + protocol::percent_encode(found.what.name));
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("Cache-Control", "private, no-cache");
    return response;
}

// The id is what nobody can guess; pages and add-ons have no other right to show.
task<http_response> get_file(services& on, const request& asked) {
    task<std::optional<read_file>> reading = on.kept.read(asked.captured("file"));
    std::optional<read_file> found = co_await reading;
    if (!found || found->what.name != asked.captured("name"))
        throw refusal(404, "This file is not here, or not any more");
    co_return as_file(*std::move(found));
}

}  // namespace

void add_file_routes(router& to, services& on) {
    to.for_anybody("GET", "/files/{file}/{name}",
                   [&on](const request& asked) { return get_file(on, asked); });
}

}  // namespace hipchat::host
