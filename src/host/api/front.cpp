#include "host/api/front.hpp"

#include <chrono>
#include <string>
#include <utility>

#include "host/inspector/redact.hpp"

namespace hipchat::host {

task<http_response> front::serve(const transport::http_request& raw) {
    const steady_time began = of_.time.monotonic();
    const std::string sender =
        of_.proxies.contain(raw.peer) ? of_.proxies.sender_of(raw) : std::string(raw.peer);
    transport::http_request seen = raw;
    seen.peer = sender;
    router::trace way{static_cast<request_id>(++last_)};
    task<http_response> answering = of_.routes.answer(seen, way);
    http_response given = co_await answering;
    const int status = given.talk ? 101 : given.status;
    const std::chrono::nanoseconds took = of_.time.monotonic() - began;
    counted& here = by_route_[way.chosen];
    here.served.add(status);
    here.took.observe(took);
    if (of_.logs_requests) log_request(seen, way, status, took);
    given.headers.emplace_back("X-Request-Id", to_string(way.id));
    co_return given;
}

void front::log_request(const transport::http_request& raw, const router::trace& way, int status,
                        std::chrono::nanoseconds took) const {
    hipchat::log(of_.log, way.id)
        .info("request",
              {{"method", raw.method},
               {"path", redact_url(raw.path)},
               {"status", status},
               {"ms", std::chrono::duration_cast<std::chrono::milliseconds>(took).count()},
               {"peer", raw.peer}});
}

void front::tell(metrics_page& page) const {
    for (const auto& [route, seen] : by_route_) {
        const std::string method = route == nullptr ? "" : route->method;
        const std::string path = route == nullptr ? "" : route->path.text();
        for (const auto& [status, count] : seen.served.all())
            page.counter("hipchat_host_requests_total",
                         "Requests answered, by route and status; without a route: by none.",
                         {{"method", method}, {"route", path}, {"status", std::to_string(status)}},
                         count);
        page.seconds("hipchat_host_request_seconds",
                     "Time until the answer to a request was there; long polls wait on purpose.",
                     {{"method", method}, {"route", path}}, seen.took);
    }
}

}  // namespace hipchat::host
