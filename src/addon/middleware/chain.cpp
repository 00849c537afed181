#include "addon/middleware/chain.hpp"

#include <stdexcept>

namespace hipchat::addons {

task<outcome> chain::go_on(std::size_t link, const inbound& request) const {
    if (link == links_.size()) {
        answer pending = routes_.dispatch(request);
        reply made = co_await settle(std::move(pending));
        co_return outcome(std::move(made));
    }
    const passing_request seen(request, log_);
    task<outcome> passing = links_[link](seen, next(*this, link + 1, request));
    outcome made = co_await passing;
    co_return made;
}

task<reply> chain::pass_through(const inbound& request) const {
    task<outcome> going = go_on(0, request);
    outcome made = co_await going;
    co_return std::move(made).take();
}

}  // namespace hipchat::addons

namespace hipchat {

task<outcome> next::operator()() {
    if (chain_ == nullptr) throw std::logic_error("middleware called next twice; call it once");
    const addons::chain& of = *std::exchange(chain_, nullptr);
    return of.go_on(link_, *request_);
}

}  // namespace hipchat
