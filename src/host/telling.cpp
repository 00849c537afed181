#include "host/telling.hpp"

namespace hipchat::host {

telling::telling(parts of)
    : of_(of), counting_(of.news.subscribe([this](const change_ptr& made) {
          ++changes_[std::string(made->content.at("kind").as_string())];
      })) {
}

void telling::tell(metrics_page& page) const {
    page.gauge("hipchat_host_rooms", "Rooms, archived ones too.", {}, of_.places.all().size());
    page.gauge("hipchat_host_people", "People, those who left too.", {}, of_.persons.all().size());
    page.gauge("hipchat_host_sockets", "Live sockets of rooms.", {}, of_.sockets.count());
    for (const auto& [kind, count] : changes_)
        page.counter("hipchat_host_changes_total", "What happened in rooms.", {{"kind", kind}},
                     count);
    tell_load(page);
    tell_deliveries(page);
    of_.requests.tell(page);
}

void telling::tell_load(metrics_page& page) const {
    page.gauge("hipchat_host_connections", "Connections to the host.", {},
               of_.server.connections());
    page.counter("hipchat_host_connections_turned_away_total",
                 "Connections closed at once because there were too many.", {},
                 of_.server.turned_away());
    page.gauge("hipchat_host_requests_under_way", "Requests being handled.", {},
               of_.server.under_way());
    page.gauge("hipchat_host_background_work", "Works that no request waits for.", {},
               of_.work.under_way());
    page.counter("hipchat_host_commits_total", "Transactions of the database.", {},
                 of_.store.commits());
}

void telling::tell_deliveries(metrics_page& page) const {
    const deliverer::counts& sent = of_.deliveries.attempted();
    const auto tell_attempts = [&](const char* result, std::uint64_t count) {
        page.counter("hipchat_host_delivery_attempts_total",
                     "Webhook requests to add-ons, by what came of them.", {{"result", result}},
                     count);
    };
    tell_attempts("taken", sent.taken);
    tell_attempts("refused", sent.refused);
    tell_attempts("unreachable", sent.unreachable);
    page.gauge("hipchat_host_deliveries_waiting", "Webhook requests due or under way.", {},
               of_.deliveries.waiting());
    page.gauge("hipchat_host_changes_unplanned", "Changes whose deliveries are not planned yet.",
               {}, of_.planned.behind());
}

}  // namespace hipchat::host
