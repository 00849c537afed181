#include "addon/rest/module_object.hpp"

#include "addon/rest/client.hpp"
#include "hipchat/errors.hpp"
#include "protocol/descriptor.hpp"

namespace hipchat::rest {

descriptor bare_descriptor() {
    descriptor made;
    made.key = "modules";
    made.name = "modules";
    made.self = "https://example.com/descriptor";
    return made;
}

json::object write_module(const descriptor& all, const std::string& kind) {
    const std::string path = "capabilities." + kind + "[0]";
    for (const protocol::lint_finding& finding : protocol::lint(all))
        if (finding.level == protocol::lint_finding::severity::error
            && finding.member.starts_with(path))
            throw config_error(kind + finding.member.substr(path.size()) + ": " + finding.rule);
    return protocol::write_descriptor(all)
        .at("capabilities")
        .as_object()
        .at(kind)
        .as_array()
        .at(0)
        .as_object();
}

descriptor read_module(const std::string& kind, const json::value& module) {
    json::object document = protocol::write_descriptor(bare_descriptor());
    json::array& all = document["capabilities"].as_object()[kind].emplace_array();
    all.push_back(module);
    return protocol::read_descriptor(json::serialize(document));
}

void resolve_url(std::string& url, const detail::rest_core& core) {
    if (url.starts_with('/')) url = core.rest.base_url() + url;
}

}  // namespace hipchat::rest
