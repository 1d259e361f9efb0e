#include "caffesharp/threads.h"

#include "core/error.h"
#include "core/threads/allowed_processors.h"
#include "core/threads/blas.h"
#include "core/threads/thread_budget.h"

using caffesharp::Guard;
using caffesharp::RequireNotNull;
using caffesharp::ThreadBudget;

caffe_status caffe_threads_budget(int32_t* threads) {
  return Guard([&] {
    RequireNotNull(threads, "threads");
    *threads = ThreadBudget::Shared().size();
  });
}

caffe_status caffe_threads_set_budget(int32_t threads) {
  return Guard([&] {
    ThreadBudget::Shared().SetSize(threads);
    caffesharp::LimitBlasThreads(threads);
  });
}

caffe_status caffe_threads_enter(void) {
  return Guard([] { caffesharp::EnterTurn(); });
}

caffe_status caffe_threads_try_enter(int32_t* entered) {
  return Guard([&] {
    RequireNotNull(entered, "entered");
    *entered = caffesharp::TryEnterTurn() ? 1 : 0;
  });
}

caffe_status caffe_threads_leave(void) {
  return Guard([] { caffesharp::LeaveTurn(); });
}

caffe_status caffe_threads_pause(int32_t* places) {
  return Guard([&] {
    RequireNotNull(places, "places");
    *places = caffesharp::LeavePlaces();
  });
}

caffe_status caffe_threads_resume(int32_t places) {
  return Guard([&] { caffesharp::TakePlaces(places); });
}

caffe_status caffe_threads_yield(void) {
  return Guard([] { caffesharp::LetOthersCompute(); });
}

caffe_status caffe_threads_observe(int32_t reset_most, caffe_threads_usage* usage) {
  return Guard([&] {
    RequireNotNull(usage, "usage");
    const ThreadBudget::Usage now = ThreadBudget::Shared().Observe(reset_most != 0);
    *usage = caffe_threads_usage{now.size, now.held, now.most_held, now.waiting};
  });
}

caffe_status caffe_threads_quota(const char* root, double* processors) {
  return Guard([&] {
    RequireNotNull(root, "root");
    RequireNotNull(processors, "processors");
    *processors = caffesharp::ControlGroupQuota(root);
  });
}
