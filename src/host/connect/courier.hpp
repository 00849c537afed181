#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "host/core/values.hpp"
#include "host/inspector/traffic.hpp"
#include "transport/http_client.hpp"

namespace hipchat::host {

/// How a request to an add-on ended: with its answer, or with why there is none.
using outcome = std::variant<transport::http_answer, transport_error>;

/// Sends requests to add-ons and keeps a record of each. Loop thread only.
class courier {
public:
    courier(transport::http_client& client, traffic& record, const clock& time)
        : client_(client), record_(record), time_(time) {}

    /// @param what  the record's name for it: install, uninstall, webhook
    /// @param about whose add-on it goes to
    task<outcome> send(transport::http_call call, std::string what, client_ptr about,
                       std::int64_t room_id);

    /// Sends what belongs to no installation yet, without a record.
    task<outcome> ask(transport::http_call call);

private:
    transport::http_client& client_;
    traffic& record_;
    const clock& time_;
};

}  // namespace hipchat::host
