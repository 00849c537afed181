#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "addon/access.hpp"
#include "addon/declaration.hpp"
#include "addon/dispatch.hpp"
#include "addon/replay_window.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"

namespace hipchat::addons {

/// Serves the deliveries of one webhook: a verified request becomes an event and reaches the
/// handler. Loop thread only; all references must outlive it.
class webhook_endpoint {
public:
    webhook_endpoint(const detail::hook& hook, std::string path, const access& to,
                     replay_window& replays, const clock& time, logger& log);

    answer serve(const signed_request& who, const inbound& request);

private:
    task<reply> answer_with(std::shared_ptr<const detail::event_core> event,
                            protocol::sha256_digest delivery);
    task<> run(std::shared_ptr<const detail::event_core> event);

    const detail::hook& hook_;
    std::string path_;
    const access& to_;
    replay_window& replays_;
    const clock& clock_;
    logger& log_;
};

}  // namespace hipchat::addons
