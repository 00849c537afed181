#include "host/api/page_policy.hpp"

#include <set>

#include "host/connect/page_url.hpp"
#include "host/core/modules.hpp"

namespace hipchat::host {
namespace {

using origins = std::set<std::string>;

void add(origins& to, const std::string& url) {
    std::string origin = origin_of(url);
    // Nothing that could end a directive gets into the policy.
    if (!origin.empty() && origin.find_first_of(";, \t\r\n'\"") == std::string::npos)
        to.insert(std::move(origin));
}

std::string joined(const origins& all) {
    std::string text;
    for (const std::string& each : all)
        text += ' ' + each;
    return text;
}

}  // namespace

std::string page_policy(const clients& installed, std::int64_t room_id) {
    origins framed;
    origins asked;
    for (const client_ptr& each : installed.reaching(room_id)) {
        const descriptor shown = described_in(*each, room_id);
        for (const glance_module& one : shown.glances)
            add(asked, one.query_url);
        for (const web_panel_module& one : shown.web_panels)
            add(framed, one.url);
        for (const dialog_module& one : shown.dialogs)
            add(framed, one.url);
        if (shown.configurable) add(framed, shown.configurable->url);
    }
    const std::string frames = framed.empty() ? " 'none'" : joined(framed);
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' http: https: "
           "data:; connect-src 'self'"
           + joined(asked) + "; frame-src" + frames
           + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace hipchat::host
