#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/metrics.hpp"
#include "host/api/front.hpp"
#include "host/api/live.hpp"
#include "host/connect/deliverer.hpp"
#include "host/connect/planner.hpp"
#include "transport/http_server.hpp"

namespace hipchat::host {

/// What a host tells those who watch it. No label grows with rooms, people or add-ons. Loop thread
/// only.
class telling {
public:
    /// All of it must outlive this.
    struct parts {
        const rooms& places;
        const people& persons;
        const live& sockets;
        const transport::http_server& server;
        const background& work;
        feed& news;
        const deliverer& deliveries;
        const planner& planned;
        const database& store;
        const front& requests;
    };
    explicit telling(parts of);
    telling(const telling&) = delete;
    telling& operator=(const telling&) = delete;

    void tell(metrics_page& page) const;

private:
    void tell_load(metrics_page& page) const;
    void tell_deliveries(metrics_page& page) const;

    parts of_;
    std::map<std::string, std::uint64_t> changes_;  // made since the start, by kind
    feed::subscription counting_;
};

}  // namespace hipchat::host
