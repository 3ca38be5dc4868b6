// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/reading/removed_filter.h"

#include <algorithm>
#include <string>

namespace dateline {
namespace {

// The removed passages of one segment after the other, as Xapian asks for them.
class RemovedSource : public Xapian::PostingSource {
 public:
  explicit RemovedSource(const std::vector<Segment>& segments) : segments_(segments) {}

  [[nodiscard]] Xapian::PostingSource* clone() const override { return new RemovedSource(segments_); }

  // Called on a clone, with the database of one segment.
  void init(const Xapian::Database& database) override {
    const std::string uuid = database.get_uuid();
    for (const Segment& segment : segments_) {
      if (segment.database.get_uuid() == uuid) removed_ = &segment.removed;
    }
  }

  [[nodiscard]] Xapian::doccount get_termfreq_min() const override { return get_termfreq_est(); }
  [[nodiscard]] Xapian::doccount get_termfreq_max() const override { return get_termfreq_est(); }
  [[nodiscard]] Xapian::doccount get_termfreq_est() const override {
    return static_cast<Xapian::doccount>(removed_->documents());
  }

  void next(double) override { skip_to(docid_ + 1, 0); }
  void skip_to(Xapian::docid docid, double) override {
    docid_ = docid;
    const std::vector<DocidRange>& ranges = removed_->ranges;
    while (range_ < ranges.size() && ranges[range_].end <= docid_) ++range_;
    if (range_ < ranges.size()) docid_ = std::max(docid_, ranges[range_].begin);
  }
  [[nodiscard]] bool at_end() const override { return range_ == removed_->ranges.size(); }
  [[nodiscard]] Xapian::docid get_docid() const override { return docid_; }
  [[nodiscard]] std::string get_description() const override { return "RemovedSource"; }

 private:
  static inline const RemovedPassages kNone;

  const std::vector<Segment>& segments_;
  const RemovedPassages* removed_ = &kNone;
  std::size_t range_ = 0;
  Xapian::docid docid_ = 0;
};

}  // namespace

Xapian::Query without_removed(const std::vector<Segment>& segments, const Xapian::Query& query) {
  const bool any =
      std::any_of(segments.begin(), segments.end(), [](const Segment& one) { return !one.removed.empty(); });
  if (!any || query.empty()) return query;
  return {Xapian::Query::OP_AND_NOT, query, Xapian::Query((new RemovedSource(segments))->release())};
}

}  // namespace dateline
