#include "addon/http_front.hpp"

#include <algorithm>
#include <iterator>

namespace hipchat::addons {
namespace {

bool is_form(std::string_view content_type) {
    return content_type.starts_with("application/x-www-form-urlencoded");
}

inbound read(const transport::http_request& request, std::string_view path) {
    const bool form = is_form(request.header_value("Content-Type"));
    inbound made;
    made.method = request.method;
    made.path = path;
    made.credential =
        find_token(request.header_value("Authorization"), request.query,
                   request.header_value("x-acpt"), form ? request.body : std::string_view());
    made.body = request.body;
    made.query = request.query;
    made.headers = request.headers;
    return made;
}

transport::http_response write(reply&& made) {
    transport::http_response response;
    response.status = made.status;
    response.body = std::move(made.body);
    response.static_body = made.static_body;
    response.afterwards = std::move(made.afterwards);
    if (!made.content_type.empty())
        response.headers.emplace_back("Content-Type", std::move(made.content_type));
    std::ranges::move(made.headers, std::back_inserter(response.headers));
    if (made.status == 401) response.headers.emplace_back("WWW-Authenticate", "JWT");
    if (made.retry_after > 0)
        response.headers.emplace_back("Retry-After", std::to_string(made.retry_after));
    if (!made.allowed.empty()) {
        std::string methods;
        for (const std::string_view method : made.allowed)
            methods.append(methods.empty() ? "" : ", ").append(method);
        response.headers.emplace_back("Allow", std::move(methods));
    }
    return response;
}

}  // namespace

task<transport::http_response> http_front::serve(const transport::http_request& request,
                                                 std::string_view path) const {
    const inbound made = read(request, path);
    answer pending = routes_.dispatch(made);
    if (std::holds_alternative<task<reply>>(pending)) {
        task<reply> later = std::move(std::get<task<reply>>(pending));
        pending = co_await later;
    }
    auto& settled = std::get<reply>(pending);
    if (!settled.why.empty())
        log_.warning("request refused", {{"path", request.path},
                                         {"status", settled.status},
                                         {"why", settled.why},
                                         {"peer", request.peer}});
    co_return write(std::move(settled));
}

}  // namespace hipchat::addons
