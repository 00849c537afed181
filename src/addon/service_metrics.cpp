#include "addon/service.hpp"

namespace hipchat::addons {

void service::tell(metrics_page& page) const {
    const std::string& key = described_->value.key;
    const metric_labels addon{{"addon", key}};
    const auto tell_requests = [&](const std::string& method, const std::string& route,
                                   const status_counts& served) {
        for (const auto& [status, count] : served.all())
            page.counter("hipchat_requests_total", "Requests answered, by route and status.",
                         {{"addon", key},
                          {"method", method},
                          {"route", route},
                          {"status", std::to_string(status)}},
                         count);
    };
    for (const route_traffic& route : routes_->traffic())
        tell_requests(route.method, route.path, route.served);
    tell_requests("", "", front_->elsewhere());
    page.seconds("hipchat_request_seconds", "Time until the answer to a request was there.", addon,
                 front_->took());
    page.counter("hipchat_handler_failures_total", "Times that a handler threw.", addon,
                 failures_->count());
    page.counter("hipchat_replays_forgotten_total",
                 "Deliveries forgotten before their time because the replay window was full.",
                 addon, replays_->dropped());
    const delivery_counts& delivered = deliveries_->counts();
    page.counter("hipchat_deliveries_total", "Deliveries of webhooks taken, repeated ones aside.",
                 addon, delivered.accepted);
    page.counter("hipchat_replays_dropped_total",
                 "Deliveries acknowledged and not run: they had been delivered before.", addon,
                 delivered.repeated);
    page.counter("hipchat_late_replies_total", "Answers that missed AC_REPLY_DEADLINE.", addon,
                 delivered.late_replies);
    const durable_counts& kept = durable_->counts();
    page.counter("hipchat_durable_stored_total", "Deliveries of durable handlers stored.", addon,
                 kept.kept);
    page.counter("hipchat_durable_refused_total",
                 "Deliveries of durable handlers answered 503 because they were not stored.", addon,
                 kept.refused);
    page.counter("hipchat_durable_retries_total",
                 "Attempts of stored deliveries after the first, also after a restart.", addon,
                 kept.retried);
    page.counter("hipchat_durable_dropped_total",
                 "Stored deliveries removed without a run: no tenant or no handler any more.",
                 addon, kept.dropped);
    page.counter("hipchat_durable_dead_total", "Stored deliveries given up.", addon, kept.dead);
    page.gauge("hipchat_replays_remembered", "Deliveries that would be recognised if repeated.",
               addon, replays_->size());
    for (const auto& [status, count] : rest_->answered().all())
        page.counter("hipchat_rest_calls_total",
                     "Calls of hosts' REST APIs, each attempt by itself; status 0: no answer.",
                     {{"addon", key}, {"status", std::to_string(status)}}, count);
    page.counter("hipchat_token_requests_total", "Access tokens asked for at hosts.", addon,
                 tokens_->requests());
    page.gauge("hipchat_tenants_cached", "Tenants kept in memory.", addon,
               tenants_->cached_count());
}

}  // namespace hipchat::addons
