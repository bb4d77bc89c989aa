# embed(NAME FILE): compiles FILE into the library; it is covenant::embedded::NAME, which a header declares.
# Gathers the sources in `embedded_sources`.
function(embed name file)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -D name=${name} -D file=${file} -D source=${source}
            -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/embed_file.cmake
    DEPENDS ${file} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/embed_file.cmake
    VERBATIM)
  set(embedded_sources ${embedded_sources} ${source} PARENT_SCOPE)
endfunction()
