#include "addon/http_front.hpp"

#include <algorithm>
#include <exception>
#include <iterator>

#include "base/worker_pool.hpp"

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
                                                 std::string_view path, request_origin from) {
    const steady_time began = clock_.monotonic();
    request_trace trace{from.id, from.peer};
    inbound made = read(request, path);
    made.trace = &trace;
    answer pending;
    std::exception_ptr thrown;
    try {
        pending = way_.pass(made);
        if (std::holds_alternative<task<reply>>(pending)) {
            task<reply> later = std::move(std::get<task<reply>>(pending));
            pending = co_await later;
        }
    } catch (...) {
        thrown = std::current_exception();
    }
    if (thrown) pending = failed(thrown, made);
    auto& settled = std::get<reply>(pending);
    if (!settled.why.empty())
        hipchat::log(log_, from.id)
            .warning("request refused", {{"path", request.path},
                                         {"status", settled.status},
                                         {"why", settled.why},
                                         {"peer", from.peer}});
    count(trace, settled.status, began);
    co_return write(std::move(settled));
}

reply http_front::failed(const std::exception_ptr& thrown, const inbound& request) {
    try {
        std::rethrow_exception(thrown);
    } catch (const overloaded& full) {
        hipchat::log(log_, request.id()).warning("request shed", {{"why", full.what()}});
        reply busy = reply::refused(503, "Too much to do at the moment; try again.\n");
        busy.retry_after = 1;
        return busy;
    } catch (...) {
        failures_.report(std::string(request.path), std::nullopt, request.id(), thrown);
        return reply::refused(500, "Internal Server Error\n");
    }
}

void http_front::count(const request_trace& trace, int status, steady_time began) {
    (trace.route ? trace.route->served : elsewhere_).add(status);
    took_.observe(clock_.monotonic() - began);
}

}  // namespace hipchat::addons
