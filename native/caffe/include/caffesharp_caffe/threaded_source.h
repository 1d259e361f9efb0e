// Included first in Caffe's two source files that name boost's threads (internal_thread.cpp, blocking_queue.cpp).
// Inside namespace caffe "boost::thread" and "boost::condition_variable" then are the classes below, through which a
// failure on a thread of Caffe's own (prefetching) reaches the thread that waits for it, which would otherwise wait for
// ever; and through which such threads draw from the thread budget.
#ifndef CAFFESHARP_CAFFE_THREADED_SOURCE_H_
#define CAFFESHARP_CAFFE_THREADED_SOURCE_H_

#include <boost/date_time/posix_time/posix_time_types.hpp>
#include <boost/thread.hpp>
#include <functional>

#include "caffesharp_caffe/every_source.h"

// The members that these headers declare keep boost's own types: they are read before the names below exist.
#include "caffe/internal_thread.hpp"
#if __has_include("caffe/util/blocking_queue.hpp")
#include "caffe/util/blocking_queue.hpp"
#endif

namespace caffesharp {

// The body of a thread that the calling thread starts: what it throws is recorded for the net that the calling thread
// is inside of.
std::function<void()> InFailureGroup(std::function<void()> body);
// Throws what a thread of the calling thread's group has failed with, if one has.
void ThrowThreadFailure();
// A thread that waits for another's batch computes nothing meanwhile: it gives its places of the thread budget back.
// Gives how many it must take again.
int LeaveTurnToWait();
void TakeTurnAgain(int places);
// A thread of Caffe's computes on when it is its turn again.
void EndBatch();

}  // namespace caffesharp

namespace caffe {
namespace boost {

using namespace ::boost;

class thread : public ::boost::thread {
 public:
  template <typename... Arguments>
  explicit thread(Arguments... arguments) : ::boost::thread(caffesharp::InFailureGroup(std::bind(arguments...))) {}
};

class condition_variable : public ::boost::condition_variable {
 public:
  // Returns after a while even when nobody notifies, as every wait may: Caffe then looks at its queue and waits again.
  void wait(::boost::unique_lock<::boost::mutex>& lock) {
    caffesharp::ThrowThreadFailure();
    const int places = caffesharp::LeaveTurnToWait();
    timed_wait(lock, ::boost::posix_time::milliseconds(50));
    if (places == 0) return;
    // The threads that hold the places may need the lock.
    lock.unlock();
    caffesharp::TakeTurnAgain(places);
    lock.lock();
  }

  void notify_one() {
    ::boost::condition_variable::notify_one();
    caffesharp::EndBatch();
  }
};

}  // namespace boost
}  // namespace caffe

#endif  // CAFFESHARP_CAFFE_THREADED_SOURCE_H_
