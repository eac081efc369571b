/// \file
/// A few made-up reports in two languages, and a model of them.
#pragma once

#include <vector>

#include "pavior/city/text_classifier.h"

namespace pavior::city::tests {

inline std::vector<LabelledText> reports() {
  return {{"路灯坏了", "lighting"},
          {"路灯不亮，晚上很黑", "lighting"},
          {"小区路灯一直不亮", "lighting"},
          {"street light is out", "lighting"},
          {"the lights on our street", "lighting"},
          {"井盖丢失", "roads"},
          {"路面坑洼，井盖松动", "roads"},
          {"路面塌陷", "roads"},
          {"pothole in the road", "roads"},
          {"deep potholes on Main St", "roads"},
          {"垃圾没人清运", "waste"},
          {"垃圾桶满了，很臭", "waste"},
          {"楼下垃圾堆积", "waste"},
          {"trash not collected", "waste"},
          {"overflowing trash can", "waste"}};
}

inline TextTraining training() {
  TextTraining chosen;
  chosen.name = "reports";
  return chosen;
}

inline TextModel model() { return TextModel::train(reports(), training()).value(); }

}  // namespace pavior::city::tests
