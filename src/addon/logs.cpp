// The logs that handlers get: the add-on's, with the request that is being handled.

#include "addon/cores.hpp"
#include "addon/pages/page_core.hpp"
#include "hipchat/events.hpp"
#include "hipchat/glance_query.hpp"
#include "hipchat/page.hpp"

namespace hipchat {

log webhook_event::log() const noexcept {
    return {core_->to.log, core_->request};
}

log glance_query::log() const noexcept {
    return {core_->to.log, core_->request};
}

log web_request::log() const noexcept {
    return {core_->site.to.log, core_->request.id()};
}

log installed::log() const noexcept {
    return {core_->to.log, core_->request};
}

log uninstalled::log() const noexcept {
    return {core_->to.log, core_->request};
}

}  // namespace hipchat
