#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "hipchat/response.hpp"

namespace hipchat {

/// An HTML page in Mustache: `{{name}}` is escaped, `{{{name}}}` is not, `{{#list}}…{{/list}}`
/// repeats, `{{^list}}…{{/list}}` stands for an empty one, `{{> part}}` includes a part.
///
/// Escaping makes text safe between tags and in quoted attributes; in scripts and unquoted
/// attributes it does not. Give scripts their data in data-… attributes. Parts come from this
/// object only, never from the data, so no person's text becomes a template.
///
/// A value; copies share what was read. Made before the add-on runs, as reading a file blocks; used
/// on the loop thread.
class page_template {
public:
    /// Throws config_error naming the position if the text is no template.
    explicit page_template(std::string_view text);

    /// From a file, read now. Throws config_error also if it cannot be read.
    static page_template from_file(const std::string& path);

    /// Adds a part that the page includes as {{> name}}; parts may include others.
    page_template& with_part(std::string name, std::string_view text) &;
    page_template&& with_part(std::string name, std::string_view text) &&;

    /// The page for these data. Numbers appear as JSON writes them; false, null, empty texts and
    /// empty lists count as absent in sections. See also page_request::render.
    html render(const boost::json::object& data) const;

    class parsed;

private:
    std::shared_ptr<parsed> own_;
};

}  // namespace hipchat
