// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>

namespace dateline {

// Asked now and then by work that may take long, and throws where that is to end early.
using GoOn = std::function<void()>;

}  // namespace dateline
